import { spawnSync } from 'node:child_process';
import { ensureBuilt } from './build.mjs';
import { root } from './root.mjs';

// npm run typecheck: each project with its own libraries, so that the server sees no DOM and the player no Node. That of
// the service (tsconfig.json) is checked by the build, which stands as long as no source is newer than it.
const PROJECTS = ['test/tsconfig.json', 'exporters/player/browser/tsconfig.json'];

ensureBuilt();

const failed = PROJECTS.filter((project) => {
  const args = ['node_modules/typescript-7/bin/tsc', '-p', project, '--noEmit'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
