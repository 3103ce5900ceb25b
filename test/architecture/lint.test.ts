import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const FOLDERS = ['src', 'modules', 'migrations', 'exporters', 'bench', 'examples', 'scripts', 'test'];
/** Written so that this file does not have it. */
const DIRECTIVE = /(?:ox|es)lint-(?=disable)/;

describe('lint', () => {
  it('excuses no file and no line: a rule that does not fit is changed in .oxlintrc.json', () => {
    const files = FOLDERS.flatMap((folder) => sourcesIn(folder));
    expect(files.length).toBeGreaterThan(1_000);
    expect(files.filter((file) => DIRECTIVE.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

const sourcesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:[cm]?js|jsx|tsx?)$/.test(name))
    .map((name) => join(folder, name));
