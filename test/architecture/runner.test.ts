import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** What `jest --json` tells of a file. */
interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

const root = join(import.meta.dirname, '../..');
const CONFIG = {
  rootDir: join(root, 'test/runner'),
  testMatch: ['**/*.fixture.ts'],
  transform: {},
  testEnvironment: join(root, 'test/runner/native-environment.mjs'),
  testRunner: join(root, 'test/runner/native-runner.mjs'),
};

/** Runs the fixtures in workers: Jest would run them in its own process if it remembered how quick they are. */
async function runFixtures(): Promise<FileResult[]> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'lectern-runner-'));
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const options = [
    '--json',
    '--maxWorkers=2',
    '--forceExit',
    '--config',
    JSON.stringify({ ...CONFIG, cacheDirectory }),
  ];
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [jest, ...options], { cwd: root }, (_failed, written) => resolve(written));
  });
  await rm(cacheDirectory, { recursive: true });
  return (JSON.parse(output) as { testResults: FileResult[] }).testResults;
}

describe('the runner of the tests', () => {
  let results: readonly FileResult[];
  beforeAll(async () => {
    results = await runFixtures();
  }, 120_000);
  const resultOf = (name: string): FileResult => results.find((result) => result.name.endsWith(`/${name}.fixture.ts`))!;

  it.each([
    ['leaves-a-timer', 'Timeout (1)'],
    ['leaves-a-server', 'TCPServerWrap (1)'],
  ])('fails a file that %s', (name, left) => {
    expect(resultOf(name).status).toBe('failed');
    expect(resultOf(name).message).toContain(left);
  });

  it('gives every file the clock, the process and the timers of Node, whatever another has made of them', () => {
    const names = ['replaces-globals', 'replaces-globals-too'];
    expect(names.map((name) => resultOf(name).status)).toEqual(['passed', 'passed']);
  });

  it('fails what takes too long, what is not as expected, and what cannot be prepared or tidied up', () => {
    const { status, message, assertionResults } = resultOf('fails');
    expect(status).toBe('failed');
    expect(Object.fromEntries(assertionResults.map((one) => [one.title, one.status]))).toEqual({
      'waits for ever': 'failed',
      'is not what was expected': 'failed',
      'cannot pass': 'failed',
      passes: 'passed',
    });
    expect(message).toContain('no end');
  });

  it('shows a failure in the line of the source', () => {
    expect(resultOf('fails').message).toContain('fails.fixture.ts:6:');
  });
});
