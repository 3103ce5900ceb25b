import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

/** Hooks of Node's loader: TypeScript is translated as it is loaded, and what was translated before is kept. */
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/lectern/typescript', import.meta.url));
const GLOBALS = new URL('./globals.mjs', import.meta.url).href;

const OPTIONS = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      useDefineForClassFields: false,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: GLOBALS, shortCircuit: true };
  const source = sourceOf(specifier, context.parentURL);
  return source === undefined ? next(specifier, context) : { url: source, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!/\.tsx?$/.test(url)) return next(url, context);
  return { format: 'module', source: await translate(fileURLToPath(url)), shortCircuit: true };
}

/** Sources import one another by the names of what is made of them: a.js is a.ts or a.tsx. */
function sourceOf(specifier, parent) {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !/\.tsx?$/.test(parent ?? '')) return undefined;
  const base = new URL(specifier, parent).href.replace(/\.js$/, '');
  return [`${base}.ts`, `${base}.tsx`].find((url) => existsSync(fileURLToPath(url)));
}

async function translate(path) {
  const source = await readFile(path, 'utf8');
  const key = createHash('sha256')
    .update(JSON.stringify([OPTIONS, path, source]))
    .digest('hex');
  const kept = join(CACHE, `${key}.mjs`);
  try {
    return await readFile(kept, 'utf8');
  } catch {
    const { code } = await transform(source, { ...OPTIONS, filename: path });
    await keep(kept, code);
    return code;
  }
}

/** Workers translate the same file at the same time; none reads what another has half written. */
async function keep(path, code) {
  await mkdir(CACHE, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, code);
  await rename(draft, path);
}
