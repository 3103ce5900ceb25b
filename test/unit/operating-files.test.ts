import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readSettings, settings } from '../../src/config/settings.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Read by the client of S3, not by the service. */
const CREDENTIALS_OF_STORAGE = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

interface Compose {
  readonly services: Record<string, { environment: Record<string, string>; depends_on?: object; image?: string }>;
  readonly volumes: Record<string, unknown>;
}

describe('docker-compose.yml', () => {
  const compose = parse(read('docker-compose.yml')) as Compose;
  const { environment } = compose.services['lectern']!;

  it('names every setting of the service and no other', () => {
    expect(Object.keys(environment).sort()).toEqual([...Object.keys(settings), ...CREDENTIALS_OF_STORAGE].sort());
  });

  it('gives values that the service accepts', () => {
    const given = { LECTERN_API_KEY: `admin:${'k'.repeat(48)}`, LECTERN_SECRET: 's'.repeat(64) };
    const values = Object.entries(environment).map(([name, value]) => [name, interpolate(String(value), given)]);
    expect(readSettings(Object.fromEntries(values) as Record<string, string>)).toMatchObject({
      HOST: '0.0.0.0',
      DATABASE_URL: 'postgresql://lectern:lectern@database:5432/lectern',
      LECTERN_API_KEY: given.LECTERN_API_KEY,
      CORS_ORIGINS: ['*'],
    });
  });

  it('has the defaults of the service', () => {
    const byDefault = Object.entries(environment).filter(([, value]) => /^\$\{\w+:-/.test(String(value)));
    for (const [name, value] of byDefault.filter(([key]) => key in settings && key !== 'PUBLIC_URL')) {
      expect([name, interpolate(value, {})]).toEqual([name, settings[name as keyof typeof settings].fallback ?? '']);
    }
  });

  it('waits for services that exist', () => {
    const named = Object.values(compose.services).flatMap((service) => Object.keys(service.depends_on ?? {}));
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(named));
  });
});

describe('docs/operate.md', () => {
  it('has a table of all settings with their defaults and what they accept', () => {
    const rows = Object.entries(settings).map(
      ([name, { fallback, accepts, purpose }]) =>
        `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${purpose} | ${accepts} |`,
    );
    const table = read('docs/operate.md')
      .split('\n')
      .filter((line) => /^\| `[A-Z_]+`/.test(line));
    expect(table).toEqual(rows);
  });
});

describe('docs/dependencies.md', () => {
  it('gives a reason for each dependency and for no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      object
    >;
    const used = [dependencies, devDependencies, optionalDependencies].flatMap((group) => Object.keys(group!));
    const explained = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name);
    expect(explained.sort()).toEqual(used.sort());
  });
});

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}`, as Compose replaces them. */
function interpolate(text: string, variables: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, operator: string, rest: string) => {
    const value = variables[name];
    if (value !== undefined) return value;
    if (operator === '-') return rest;
    throw new Error(`${name} is needed`);
  });
}
