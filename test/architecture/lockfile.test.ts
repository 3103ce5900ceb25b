import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Lockfile {
  readonly packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

const file = join(import.meta.dirname, '../../package-lock.json');
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as Lockfile;

describe('package-lock.json', () => {
  it('knows the builds for every platform, without which npm ci refuses the whole file', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    );
    expect(missing).toEqual([]);
  });
});

/** Whether a package would find another in its own node_modules or in one further up. */
function isLocked(path: string, name: string): boolean {
  const ownFolder = path === '' ? 'node_modules' : `${path}/node_modules`;
  if (`${ownFolder}/${name}` in packages) return true;
  return path !== '' && isLocked(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), name);
}
