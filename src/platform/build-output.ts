import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const above = new URL('../../', import.meta.url);
// This file runs from dist/src/platform, or from src/platform in tests.
const output = basename(fileURLToPath(above)) === 'dist' ? above : new URL('dist/', above);

/** Path of a file that the build made, relative to dist/: the player, the schemas of the standards. */
export function buildOutput(path: string): string {
  return fileURLToPath(new URL(path, output));
}
