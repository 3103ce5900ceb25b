import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

/**
 * Sees to it that the server does not outlive this process, even one that is killed without a warning: a shell waits at
 * the end of a pipe that only this process holds, and asks the server for a fast shutdown when the pipe closes. (On
 * Windows, which has no such shell, the next start finds the server and stops it.)
 */
export function startWatchdog(server: ChildProcess): void {
  if (process.platform === 'win32' || server.pid === undefined) return;
  const watchdog = spawn('/bin/sh', ['-c', 'read -r _; kill -INT "$1"', 'sh', String(server.pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  server.once('exit', () => watchdog.kill('SIGKILL'));
}
