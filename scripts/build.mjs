import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.mjs';

const SOURCES = [
  'src',
  'modules',
  'migrations',
  'exporters',
  'examples',
  'bench',
  'scripts',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = 'dist/.built';

/** What dist/ is made of, in this order. TypeScript 7's compiler emits the same as 6's in a tenth of the time. */
const STEPS = [
  ['node_modules/typescript-7/bin/tsc', '-p', 'tsconfig.json'],
  ['scripts/copy-schemas.mjs'],
  ['scripts/build-player.mjs'],
  ['scripts/build-ide.mjs'],
];

/** Builds dist/ when a source is newer than it. Exits when that fails. */
export function ensureBuilt() {
  const began = Date.now();
  const built = statSync(join(root, STAMP), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Math.max(...SOURCES.map((path) => newest(join(root, path)))) < built) return;
  console.log('Building ...');
  // A file that is no longer a source, above all a migration, must not live on in dist.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  for (const [script, ...args] of STEPS) {
    const { status } = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
    if (status !== 0) {
      console.error(`The build failed: ${script}.`);
      process.exit(1);
    }
  }
  writeFileSync(join(root, STAMP), '');
  // A source that changed while the build ran is newer than what was built of it.
  utimesSync(join(root, STAMP), began / 1_000, began / 1_000);
}

/** Milliseconds of the last change of a file, or of anything in a folder. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) ensureBuilt();
