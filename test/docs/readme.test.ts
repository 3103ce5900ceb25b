import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/test-app.js';

const run = promisify(execFile);
const shellBlocks = (text: string): string[] => [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block!);

describe('the README', () => {
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    app = await createTestApp();
    folder = await mkdtemp(join(tmpdir(), 'lectern-readme-'));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('makes a first course as it says, down to the zip', async () => {
    const blocks = shellBlocks(await readFile('README.md', 'utf8'));
    expect(blocks.length).toBeGreaterThan(5);
    const script = ['set -euo pipefail', ...blocks].join('\n');
    const { stdout } = await run('bash', ['-c', script], {
      cwd: folder,
      env: { ...process.env, LECTERN: app.url, KEY: app.adminKey },
      timeout: 60_000,
    });
    const answers = stdout
      .trim()
      .replaceAll('}{', '}\n{')
      .split('\n')
      .map((line) => JSON.parse(line) as { data: object });
    expect(answers.map(({ data }) => data)).toEqual([
      { text: { __typename: 'CreateBlockSuccess' }, post: { __typename: 'CreateBlockSuccess' } },
      { createQuestion: { __typename: 'CreateQuestionSuccess' } },
      { validateCourse: { publishable: true, problems: [] } },
      { learnerRecords: { nodes: [] } },
    ]);
    expect((await readFile(join(folder, 'answering-reviews.zip'))).subarray(0, 2).toString()).toBe('PK');
  });
});

describe('the documentation', () => {
  it('links to files that are there', async () => {
    const pages = [
      'README.md',
      ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
    ];
    const broken: string[] = [];
    for (const page of pages) {
      const text = await readFile(page, 'utf8');
      for (const [, target] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        if (/^[a-z]+:/u.test(target!)) continue;
        await access(join(dirname(page), target!)).catch(() => broken.push(`${page}: ${target!}`));
      }
    }
    expect(broken).toEqual([]);
  });
});
