import { spawnSync } from 'node:child_process';
import { root } from './root.mjs';

// npm run typecheck: each project with its own libraries, so that the server sees no DOM and the player no Node.
const PROJECTS = ['tsconfig.json', 'test/tsconfig.json', 'exporters/player/browser/tsconfig.json'];

const failed = PROJECTS.filter((project) => {
  const args = ['node_modules/typescript-7/bin/tsc', '-p', project, '--noEmit'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
