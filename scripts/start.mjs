import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { root } from './root.mjs';

// npm start: installs and builds what is missing, then becomes the service (one process, so signals reach it directly).
ensureInstalled();
ensureBuilt();
// Outside of production graphql checks every value of an answer for a second copy of itself: a fifth of a large query's time.
process.env.NODE_ENV ??= 'production';
process.setSourceMapsEnabled(true);
await import(pathToFileURL(join(root, 'dist/src/main.js')).href);
