import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { Statement } from '../../exporters/player/statements/statement.js';
import { launchBrowser } from '../support/browser.js';
import { PAGE, SCENARIO, smallCourse } from '../support/courses/small-course.js';
import { openCourse, playThrough, type CoursePage } from '../support/lms/launching.js';
import { startLmsSite, type LmsSite } from '../support/lms/lms-site.js';

let browser: Browser;
let site: LmsSite;
let context: BrowserContext;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startLmsSite(smallCourse())]);
  site.launch = {
    tracker: 'scorm12',
    language: 'en',
    report: {
      endpoint: `${site.origin}/xapi`,
      authorization: 'Basic a2V5OnNlY3JldA==',
      actorHomePage: 'https://lms.example',
    },
  };
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  site.lrs.bodies.length = 0;
  site.lrs.answer = () => 200;
});
afterEach(() => context.close());

interface Launch {
  page: Page;
  course: CoursePage;
}

async function launch(query = ''): Promise<Launch> {
  const page = await context.newPage();
  return { page, course: await openCourse(page, `${site.origin}/lms?frame=/course${query}`) };
}

const received = (): Statement[] => site.lrs.bodies.flatMap((body) => JSON.parse(body) as Statement[]);
const verbs = () => received().map(({ verb }) => verb.display['en']);

async function until(holds: () => boolean, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`after ${seconds} s the LRS has ${verbs().join()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const leave = ({ page }: Launch) => page.evaluate(() => document.getElementById('frame')?.remove());

describe('a package that reports to an LRS', () => {
  it('sends a whole course, under the account of the learner in the LMS', async () => {
    const lms = await launch();
    await playThrough(lms.course, true);
    await leave(lms);
    await until(() => verbs().includes('terminated'));
    expect(new Set(verbs())).toEqual(
      new Set([
        'initialized',
        'experienced',
        'answered',
        'responded',
        'scored',
        'completed',
        'progressed',
        'passed',
        'terminated',
      ]),
    );
    for (const { actor } of received()) {
      expect(actor).toEqual({
        objectType: 'Agent',
        name: 'Doe, Jo',
        account: { homePage: 'https://lms.example', name: 'jo-7' },
      });
    }
    expect(new Set(received().map(({ context: { registration } }) => registration)).size).toBe(1);
  });

  it('keeps what the LRS did not take, and sends it at the next launch under the same ids', async () => {
    site.lrs.answer = () => 503;
    const first = await launch();
    await first.course.evaluate(([lesson]) => window.course.session.completeLesson(lesson), [PAGE] as const);
    const waiting = () =>
      first.page.evaluate(() =>
        Object.keys(localStorage)
          .filter((key) => key.startsWith('lectern:statements:'))
          .flatMap((key) => (JSON.parse(localStorage.getItem(key) ?? '[]') as { id: string }[]).map(({ id }) => id)),
      );
    const ids = await waiting();
    expect(ids).toHaveLength(3);
    await leave(first);
    const kept = await waiting();
    expect(kept.slice(0, 3)).toEqual(ids);
    await first.page.close();
    site.lrs.answer = () => 200;
    const second = await launch();
    await until(() => kept.every((id) => received().some((statement) => statement.id === id)));
    expect(new Set(received().map(({ id }) => id)).size).toBe(received().length);
    await second.course.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('lectern:')));
  });

  it('goes on when the LRS is back, without another launch', async () => {
    let refusals = 0;
    site.lrs.answer = () => ((refusals += 1) <= 2 ? 500 : 200);
    await launch();
    await until(() => verbs().includes('initialized'));
    expect(refusals).toBe(3);
  });

  it('drops only the statement that the LRS refuses, and says so', async () => {
    site.lrs.answer = (body) => (body.includes('/experienced') ? 400 : 200);
    const warnings: string[] = [];
    const lms = await launch();
    lms.page.on('console', (message) => warnings.push(message.text()));
    await lms.course.evaluate(
      ([page, scenario]) => {
        window.course.session.openLesson(page);
        window.course.session.completeLesson(page);
        window.course.session.startScenario(scenario);
      },
      [PAGE, SCENARIO] as const,
    );
    await until(() => verbs().includes('progressed'));
    expect(verbs()).toEqual(expect.arrayContaining(['initialized', 'completed', 'progressed']));
    expect(verbs()).not.toContain('experienced');
    expect(warnings.join()).toMatch(/refuses a statement/);
  });

  it('stops asking an LRS that does not know its key, and the course goes on', async () => {
    let requests = 0;
    site.lrs.answer = () => ((requests += 1), 401);
    const lms = await launch();
    await until(() => requests === 1);
    await playThrough(lms.course, true);
    await lms.page.waitForTimeout(1_500);
    expect(requests).toBe(1);
    expect(await lms.course.evaluate(() => window.course.tracking.status)).toBe('saved');
  });

  it.each(['&mode=review', '&mode=browse', '&student='])('says nothing of %s', async (query) => {
    const lms = await launch(query);
    await playThrough(lms.course, true);
    await leave(lms);
    await lms.page.waitForTimeout(1_000);
    expect(site.lrs.bodies).toEqual([]);
  });
});
