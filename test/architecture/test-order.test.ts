import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from '@jest/globals';

interface TestFile {
  readonly path: string;
  readonly context: object;
}

interface Sequencer {
  sort(tests: readonly TestFile[]): readonly TestFile[];
  cacheResults(tests: readonly TestFile[], results: { testResults: readonly object[] }): void;
}

const folder = join(import.meta.dirname, '..');
/** Not typed, as all of test/runner. */
const SEQUENCER: string = '../runner/longest-first.mjs';
const SHORT = 'unit/player-scorm12.test.ts';
const LONG = 'integration/start.test.ts';
const LONGEST = 'conformance/conformance.test.ts';

it('starts the folders with the longest files first, until it is known how long each file takes', async () => {
  const { default: LongestFirst } = (await import(SEQUENCER)) as {
    default: new (options: object) => Sequencer;
  };
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'lectern-order-'));
  const config = { id: 'order', cache: true, cacheDirectory, haste: {} };
  const context = { config, hasteFS: { getSize: (path: string) => (path.endsWith(SHORT) ? 2 : 1) } };
  const tests = [SHORT, LONG, LONGEST].map((name) => ({ path: join(folder, name), context }));
  const order = () => {
    const sorted = new LongestFirst({ globalConfig: {} }).sort([...tests]);
    return sorted.map(({ path }) => relative(folder, path));
  };
  expect(order()).toEqual([LONGEST, LONG, SHORT]);

  const testResults = tests.map(({ path }, index) => ({
    testFilePath: path,
    perfStats: { start: 0, runtime: [30, 10, 20][index] },
    numFailingTests: 0,
  }));
  new LongestFirst({ globalConfig: {} }).cacheResults(tests, { testResults });
  expect(order()).toEqual([SHORT, LONGEST, LONG]);
  await rm(cacheDirectory, { recursive: true });
});
