import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** Installs the dependencies when node_modules is missing or older than the lockfile. Exits when that fails. */
export function ensureInstalled() {
  if (changed('node_modules/.package-lock.json') >= changed('package-lock.json')) return;
  console.log('Installing dependencies (once) ...');
  const { status } = spawnSync('npm ci --no-audit --no-fund --loglevel=error', {
    cwd: root,
    stdio: 'inherit',
    shell: true,
    // The tools of the build are needed even where NODE_ENV says production.
    env: { ...process.env, NODE_ENV: 'development' },
  });
  if (status === 0) return;
  console.error('npm ci failed; see its message above.');
  process.exit(1);
}

/** Milliseconds of the last change; 0 when there is no such file. */
function changed(path) {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
