import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

// npm run demo: the main job from end to end, against the service at LECTERN_URL or one of its own.
ensureInstalled();
ensureBuilt();
process.setSourceMapsEnabled(true);
const { run } = await import(pathToFileURL(join(root, 'dist/examples/demo/main.js')).href);
try {
  await run(root);
} catch (error) {
  console.error(`\nThe demo failed: ${error.stack ?? error}`);
  process.exitCode = 1;
}
