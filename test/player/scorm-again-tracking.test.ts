import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { APOLOGISE, CHECK, PAGE, SCENARIO, smallCourse } from '../support/courses/small-course.js';
import { openCourse, playThrough } from '../support/lms/launching.js';
import { startLmsSite, type LmsSite } from '../support/lms/lms-site.js';

/** What the page of scorm-again has, see lms-site.ts. */
interface ScormAgainWindow {
  refused: string[][];
}

let browser: Browser;
let site: LmsSite;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startLmsSite(smallCourse())]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});

const launch = async (page: Page) => openCourse(page, `${site.origin}/scorm-again?frame=/course`);
const refusedBy = (page: Page) => page.evaluate(() => (window as unknown as ScormAgainWindow).refused);
const cmiOf = (page: Page) => page.evaluate(() => JSON.parse(localStorage.getItem('cmi') ?? '{}') as unknown);

describe('before scorm-again', () => {
  it('a course is suspended in the middle, resumed, and finished', async () => {
    const context = await browser.newContext();
    const first = await context.newPage();
    const course = await launch(first);
    await course.evaluate(
      ([page, check, scenario]) => {
        const { session, tracking } = window.course;
        session.openLesson(page);
        session.moveTo(check);
        session.answerCheck(check, true);
        session.startScenario(scenario);
        session.advance(scenario);
        tracking.exit();
      },
      [PAGE, CHECK, SCENARIO] as const,
    );
    expect(await refusedBy(first)).toEqual([]);
    expect(await cmiOf(first)).toMatchObject({
      core: { lesson_status: 'incomplete', exit: 'suspend', lesson_location: `${PAGE}/${CHECK}`, score: { raw: '' } },
      interactions: { 0: { student_response: 't', result: 'wrong' } },
    });
    await first.close();

    const second = await context.newPage();
    const resumed = await launch(second);
    expect(
      await resumed.evaluate(
        ([check, scenario, choice]) => {
          const { session } = window.course;
          return [session.resumeAt(), session.check(check)?.response, session.choose(scenario, choice)];
        },
        [CHECK, SCENARIO, APOLOGISE] as const,
      ),
    ).toEqual([{ lesson: PAGE, block: CHECK }, true, true]);
    await playThrough(resumed, true);
    await resumed.evaluate(() => window.course.tracking.exit());
    expect(await refusedBy(second)).toEqual([]);
    expect(await cmiOf(second)).toMatchObject({
      core: { lesson_status: 'passed', exit: '', score: { raw: '100', min: '0', max: '100' } },
      objectives: { 0: { id: 'reply', status: 'passed' }, 1: { id: 'know', status: 'completed' } },
      interactions: { 0: { student_response: 't' }, 1: { student_response: 'a', result: 'neutral' } },
    });
    await context.close();
  });
});
