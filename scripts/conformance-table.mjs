import { spawnSync } from 'node:child_process';
import { root } from './root.mjs';

// npm run conformance:table: writes the table of requirements and tests into docs/conformance.md.
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'test/conformance/requirements.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, WRITE_CONFORMANCE_TABLE: 'true' } },
);
process.exit(status ?? 1);
