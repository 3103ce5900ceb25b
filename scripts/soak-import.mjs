import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

// npm run soak:import [-- statements]: the import of a file of so many statements, cut off by kill -9 of the service (twice) and of
// its database, then counted. Its figures are printed and go to out/soak-import.json.
const [statements = '1000000'] = process.argv.slice(2);
const output = join(root, 'out/soak-import.json');
const env = { ...process.env, IMPORT_STATEMENTS: statements, IMPORT_FIGURES: output };
const test = 'test/integration/statement-import-crash.test.ts';
const { status } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs'), test], { env, stdio: 'inherit' });
if (status === 0) console.table(JSON.parse(readFileSync(output, 'utf8')));
process.exit(status ?? 1);
