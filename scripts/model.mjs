import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './root.mjs';

// npm run model [-- statements [rounds]]: the filters of statements against the reference, over many random statements.
const [statements = '20000', rounds = '3'] = process.argv.slice(2);
const env = { ...process.env, MODEL_STATEMENTS: statements, MODEL_ROUNDS: rounds };
const { status } = spawnSync(process.execPath, [join(root, 'scripts/test.mjs'), 'test/model'], {
  env,
  stdio: 'inherit',
});
process.exit(status ?? 1);
