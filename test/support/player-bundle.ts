import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlayerBundle } from '../../exporters/package-format.js';

const BUILD_SCRIPT = join(import.meta.dirname, '../../scripts/build-player.mjs');

/** The player as the build makes it, from the sources as they are. */
export async function bundlePlayer(): Promise<PlayerBundle> {
  const folder = await mkdtemp(join(tmpdir(), 'lectern-player-'));
  try {
    await promisify(execFile)(process.execPath, [BUILD_SCRIPT, folder]);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    return { script: await read('player.js'), styles: await read('player.css') };
  } finally {
    await rm(folder, { recursive: true });
  }
}
