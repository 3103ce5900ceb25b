/**
 * Bundles the player: player.js and player.css in dist/player, or in the folder given. Fails when both together are larger
 * than the player may be.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const MAX_GZIPPED_BYTES = 60_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = process.argv[2] ?? `${root}dist/player`;

// The browsers of spring 2024 are the oldest that know light-dark(), which the style sheet rests on.
const target = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

await mkdir(folder, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: { player: 'exporters/player/browser/main.tsx' },
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'iife',
  target,
  tsconfig: 'exporters/player/browser/tsconfig.json',
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
});

const gzipped = async (name) => gzipSync(await readFile(`${folder}/${name}`), { level: 9 }).length;
const [script, styles] = [await gzipped('player.js'), await gzipped('player.css')];
const total = script + styles;
console.log(`player: ${script} B script + ${styles} B styles = ${total} B gzipped (at most ${MAX_GZIPPED_BYTES} B)`);
if (total > MAX_GZIPPED_BYTES) {
  console.error(`The player is ${total - MAX_GZIPPED_BYTES} B too large.`);
  process.exit(1);
}
