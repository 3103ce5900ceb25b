/** What a learner waits for: launching the sample course in a browser, from a local server and over a slow link. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { exportPackage, importCourse, publish } from '../examples/demo/author.js';
import { LecternClient } from '../examples/demo/lectern-client.js';
import { Lms } from '../examples/lms/lms.js';
import { readPackage } from '../examples/lms/package-files.js';
import { launchBrowser } from '../test/support/browser.js';
import { sampleCourse } from './export-course.js';
import { median, type Benchmark, type Row } from './row.js';
import { startBenchService, type BenchService } from './service.js';

const ROUNDS = 3;
/** How long after that what was still on its way is waited for. */
const QUIET_MS = 1_000;
const LEARNER = { id: 'learner-1', name: 'Learner, Bench' };

interface Link {
  readonly bytesPerSecond: number;
  readonly latencyMilliseconds: number;
  /** How many times slower the processor is than this machine's. */
  readonly slowdown: number;
}

const SLOW: Link = { bytesPerSecond: 1_600_000 / 8, latencyMilliseconds: 150, slowdown: 4 };

interface Launch {
  /** Until the course can be started, and a moment after; also the LMS's own, its page and its run-time. */
  readonly requests: number;
  /** Milliseconds from the opening of the package's page to its first paint with content: the title of the course. */
  readonly firstText: number;
}

async function run(): Promise<Row[]> {
  const bench = await startBenchService({ WORKER_CONCURRENCY: '1' });
  const browser = await launchBrowser();
  try {
    const lms = await Lms.start(await packageFiles(bench), LEARNER);
    await launch(browser, lms); // what only the first page of a browser waits for
    const local = await launches(browser, lms);
    const slow = await launches(browser, lms, SLOW);
    await lms.stop();
    return [
      rowOf('requests of the player at launch', local, ({ requests }) => requests, '', 8),
      rowOf('first text of the player, local server', local, ({ firstText }) => firstText, 'ms', 400),
      rowOf('first text of the player, slow link and CPU', slow, ({ firstText }) => firstText, 'ms', 2_000),
    ];
  } finally {
    await browser.close();
    await bench.close();
  }
}

/** The sample course, authored, published and exported through the API, as an LMS unpacks it. */
async function packageFiles({ service, key }: BenchService): Promise<Map<string, Buffer>> {
  const client = new LecternClient(service.url, key);
  const version = await publish(client, await importCourse(client, await sampleCourse()));
  const { zip } = await exportPackage(client, version);
  const folder = await mkdtemp(join(tmpdir(), 'lectern-bench-player-'));
  try {
    await writeFile(join(folder, 'course.zip'), zip);
    return await readPackage(join(folder, 'course.zip'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function launches(browser: Browser, lms: Lms, link?: Link): Promise<Launch[]> {
  const found: Launch[] = [];
  while (found.length < ROUNDS) found.push(await launch(browser, lms, link));
  return found;
}

/** One learner who has never been here: nothing is cached, nothing is saved. */
async function launch(browser: Browser, lms: Lms, link?: Link): Promise<Launch> {
  lms.cmi = undefined;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  if (link) await slowDown(page, link);
  let requests = 0;
  page.on('request', () => (requests += 1));
  await page.goto(lms.url);
  await page.frameLocator('iframe').getByRole('button', { name: 'Start the course' }).waitFor();
  await wait(QUIET_MS);
  const firstText = await firstPaint(page.frames()[1]!);
  await context.close();
  return { requests, firstText };
}

async function slowDown(page: Page, { bytesPerSecond, latencyMilliseconds, slowdown }: Link): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMilliseconds,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
}

/** As the browser itself has measured it. */
async function firstPaint(frame: Frame): Promise<number> {
  const entry = await frame.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
  if (entry === undefined) throw new Error('The player has painted nothing.');
  return entry;
}

const rowOf = (
  what: string,
  from: readonly Launch[],
  read: (launch: Launch) => number,
  unit: string,
  most: number,
): Row => ({
  what,
  ours: median(from.map(read)),
  unit,
  wanted: most,
  bound: 'at most',
});

export default { name: 'player', run } satisfies Benchmark;
