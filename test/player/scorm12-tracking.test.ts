import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import * as ids from '../support/courses/small-course.js';
import { courseIn, openCourse, playThrough, type CoursePage } from '../support/lms/launching.js';
import { startLmsSite, type LmsSite } from '../support/lms/lms-site.js';

const { smallCourse, PAGE, CHECK, SCENARIO, ASSESSMENT, SINGLE, TEXT } = ids;

let browser: Browser;
let site: LmsSite;
let context: BrowserContext;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startLmsSite(smallCourse())]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(() => context.close());

/** A launch: the page with the LMS, and the frame or page with the course. */
interface Launch {
  page: Page;
  course: CoursePage;
}

async function newLearner(): Promise<void> {
  context = await browser.newContext();
}

/** Launches the course in the LMS, as the learner of the current context. */
async function launch(query: Record<string, string> = {}): Promise<Launch> {
  const page = await context.newPage();
  return {
    page,
    course: await openCourse(
      page,
      `${site.origin}/lms?${new URLSearchParams({ frame: '/course', ...query }).toString()}`,
    ),
  };
}

const faultsOf = ({ page }: Launch) => page.evaluate(() => window.lms.faults);
const callsOf = ({ page }: Launch) => page.evaluate(() => window.lms.calls);
const storeOf = ({ page }: Launch) =>
  page.evaluate(() => JSON.parse(localStorage.getItem('lms') ?? '{}') as Record<string, string>);
const statusOf = ({ course }: Launch) => course.evaluate(() => window.course.tracking.status);

describe('before a strict SCORM 1.2 run-time', () => {
  it('a first launch says "incomplete" at once, and that the learner will come back', async () => {
    await newLearner();
    const lms = await launch();
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_status': 'incomplete' });
    expect((await callsOf(lms)).slice(0, 1)).toEqual(['Initialize()']);
    expect(await callsOf(lms)).toContain('Set cmi.core.exit=suspend');
    expect(await faultsOf(lms)).toEqual([]);
  });

  it('a whole course breaks no rule of the standard', async () => {
    await newLearner();
    const lms = await launch();
    await playThrough(lms.course, true);
    await lms.course.evaluate(() => window.course.tracking.exit());
    expect(await faultsOf(lms)).toEqual([]);
    expect(await storeOf(lms)).toMatchObject({
      'cmi.core.lesson_status': 'passed',
      'cmi.core.score.raw': '100',
      'cmi.core.score.min': '0',
      'cmi.core.score.max': '100',
      'cmi.objectives.0.id': 'reply',
      'cmi.objectives.0.status': 'passed',
      'cmi.objectives.0.score.raw': '100',
      'cmi.objectives.1.id': 'know',
      'cmi.objectives.1.status': 'completed',
    });
    const calls = await callsOf(lms);
    expect(calls.at(-1)).toBe('Finish()');
    expect(calls.at(-2)).toBe('Commit()');
    expect(calls).toContain('Set cmi.core.exit=');
  });

  it('the score goes before the status, and both before the commit', async () => {
    await newLearner();
    const lms = await launch();
    await playThrough(lms.course, true);
    const calls = await callsOf(lms);
    const raw = calls.indexOf('Set cmi.core.score.raw=100');
    const status = calls.indexOf('Set cmi.core.lesson_status=passed');
    expect(raw).toBeGreaterThan(0);
    expect(status).toBeGreaterThan(raw);
    expect(calls.indexOf('Commit()', status)).toBeGreaterThan(status);
  });

  it('there is no score, and no verdict, while attempts are left', async () => {
    await newLearner();
    const lms = await launch();
    await playThrough(lms.course, false);
    const store = await storeOf(lms);
    expect(store['cmi.core.lesson_status']).toBe('incomplete');
    expect(store['cmi.core.score.raw']).toBeUndefined();
  });

  it('"failed" comes when the last attempt is used up, with the score', async () => {
    await newLearner();
    const lms = await launch();
    await playThrough(lms.course, false);
    await playThrough(lms.course, false);
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_status': 'failed', 'cmi.core.score.raw': '0' });
    expect(await faultsOf(lms)).toEqual([]);
  });

  it('answers and decisions are written as interactions, each as a new entry', async () => {
    await newLearner();
    const lms = await launch();
    await playThrough(lms.course, false);
    const store = await lms.page.evaluate(
      () => JSON.parse(localStorage.getItem('lms') ?? '{}') as Record<string, string>,
    );
    const entry = (place: number) =>
      Object.fromEntries(
        Object.entries(store)
          .filter(([element]) => element.startsWith(`cmi.interactions.${place}.`))
          .map(([element, value]) => [element.slice(`cmi.interactions.${place}.`.length), value]),
      );
    expect(entry(0)).toMatchObject({
      id: 'posts_are_private-000000000012',
      type: 'true-false',
      student_response: 'f',
      result: 'correct',
      weighting: '0',
    });
    expect(entry(1)).toMatchObject({
      id: 'what_do_you_do-000000000022',
      type: 'choice',
      student_response: 'a',
      result: 'neutral',
    });
    expect(entry(2)).toMatchObject({
      type: 'choice',
      student_response: 'b',
      'correct_responses.0.pattern': 'a',
      result: 'wrong',
      weighting: '3',
      'objectives.0.id': 'reply',
    });
    expect(entry(3)).toMatchObject({ student_response: 'c', 'correct_responses.0.pattern': '{a,b}', result: 'wrong' });
    expect(entry(4)).toMatchObject({ type: 'likert', student_response: '2', result: 'neutral', weighting: '0' });
    await playThrough(lms.course, true);
    expect((await callsOf(lms)).filter((call) => /interactions\.5\.id/.test(call))).toHaveLength(1);
  });

  it('an LMS without interactions and objectives is asked for none', async () => {
    await newLearner();
    const lms = await launch({ without: 'cmi.interactions,cmi.objectives' });
    await playThrough(lms.course, true);
    expect(await faultsOf(lms)).toEqual([]);
    expect((await callsOf(lms)).some((call) => /Set cmi\.(interactions|objectives)/.test(call))).toBe(false);
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_status': 'passed' });
  });

  it('a passed course stays passed when it is opened again', async () => {
    await newLearner();
    const first = await launch();
    await playThrough(first.course, true);
    await first.course.evaluate(() => window.course.tracking.exit());
    const second = await launch();
    await second.course.evaluate(([lesson]) => window.course.session.openLesson(lesson), [PAGE] as const);
    await second.course.evaluate(() => window.course.tracking.exit());
    expect(await storeOf(second)).toMatchObject({ 'cmi.core.lesson_status': 'passed' });
    expect(await callsOf(second)).not.toContain('Set cmi.core.lesson_status=incomplete');
  });

  it.each(['review', 'browse'])('in mode %s nothing is written', async (mode) => {
    await newLearner();
    const lms = await launch({ mode });
    await playThrough(lms.course, true);
    expect(await statusOf(lms)).toBe('read-only');
    await lms.course.evaluate(() => window.course.tracking.exit());
    expect(await callsOf(lms)).toEqual(['Initialize()', 'Finish()']);
    expect(await lms.course.evaluate(() => window.course.session.result().complete)).toBe(true);
  });

  it('a mode that is missing means "normal"', async () => {
    await newLearner();
    const lms = await launch({ mode: '' });
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_status': 'incomplete' });
  });
});

describe('when the page goes away', () => {
  it('a window killed right after an answer loses nothing: the next launch shows it', async () => {
    await newLearner();
    const first = await launch();
    await first.course.evaluate(
      ([element]) => {
        const { session } = window.course;
        session.openLesson(element.PAGE);
        session.moveTo(element.TEXT);
        session.answerCheck(element.CHECK, true);
        session.startScenario(element.SCENARIO);
        session.advance(element.SCENARIO);
        session.choose(element.SCENARIO, element.WAIT);
        session.beginAssessment(element.ASSESSMENT);
        session.answerQuestion(element.ASSESSMENT, element.SINGLE, 'b');
      },
      [{ PAGE, TEXT, CHECK, SCENARIO, WAIT: ids.WAIT, ASSESSMENT, SINGLE }] as const,
    );
    const before = await first.course.evaluate(() => ({ ...window.course.session.state }));
    // Without any event: the process of the page is gone.
    const devtools = await context.newCDPSession(first.page);
    void devtools.send('Page.crash').catch(() => undefined);
    await first.page.waitForEvent('crash');
    const second = await launch();
    const after = await second.course.evaluate(() => ({ ...window.course.session.state }));
    expect(after).toEqual({ ...before, epoch: before.epoch + 1, secondsSpent: expect.any(Number) });
  });

  it('a page that is left finishes once, by setting its last values, without a commit that the browser would block', async () => {
    await newLearner();
    const lms = await launch();
    await lms.course.evaluate(([lesson]) => window.course.session.openLesson(lesson), [PAGE] as const);
    const calls = await lms.page.evaluate(() => {
      const before = window.lms.calls.length;
      document.getElementById('frame')?.remove();
      return window.lms.calls.slice(before);
    });
    expect(calls.at(-1)).toBe('Finish()');
    expect(calls.filter((call) => call === 'Finish()')).toHaveLength(1);
    expect(calls).not.toContain('Commit()');
    expect(calls.some((call) => call.startsWith('Set cmi.core.session_time='))).toBe(true);
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_location': PAGE });
    expect(await faultsOf(lms)).toEqual([]);
  });

  it('nothing more is said to the LMS after the exit button', async () => {
    await newLearner();
    const lms = await launch();
    await lms.course.evaluate(() => window.course.tracking.exit());
    expect(await statusOf(lms)).toBe('closed');
    const calls = await lms.page.evaluate(() => {
      document.getElementById('frame')?.remove();
      return window.lms.calls;
    });
    expect(calls.filter((call) => call === 'Finish()')).toHaveLength(1);
    expect(calls.at(-1)).toBe('Finish()');
  });

  it('a page that is hidden saves what waits, and goes on', async () => {
    await newLearner();
    const lms = await launch();
    const calls = await lms.page.evaluate(
      ([lesson]) => {
        const frame = document.getElementById('frame') as HTMLIFrameElement;
        const inner = frame.contentWindow as Window & typeof globalThis;
        inner.course.session.openLesson(lesson);
        const before = window.lms.calls.length;
        Object.defineProperty(inner.document, 'visibilityState', { value: 'hidden', configurable: true });
        inner.document.dispatchEvent(new inner.Event('visibilitychange'));
        return window.lms.calls.slice(before);
      },
      [PAGE] as const,
    );
    expect(calls).toContain(`Set cmi.core.lesson_location=${PAGE}`);
    expect(calls.at(-1)).toBe('Commit()');
    expect(await lms.course.evaluate(([lesson]) => window.course.session.completeLesson(lesson), [PAGE] as const)).toBe(
      true,
    );
  });

  it('a window of its own is closed by the exit button', async () => {
    await newLearner();
    const page = await context.newPage();
    await page.goto(`${site.origin}/lms`);
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('/course'))]);
    const course = await courseIn(popup);
    const closing = popup.waitForEvent('close');
    await course.evaluate(() => setTimeout(() => window.course.tracking.exit()));
    await closing;
    expect(await page.evaluate(() => window.lms.calls.at(-1))).toBe('Finish()');
  });
});

describe('what the status says', () => {
  it('tells of failing commits, keeps trying, and says when it is safe to close', async () => {
    await newLearner();
    const lms = await launch();
    expect(await statusOf(lms)).toBe('saved');
    await lms.page.evaluate(() => {
      window.lms.failCommits = true;
    });
    await lms.course.evaluate(([lesson]) => window.course.session.completeLesson(lesson), [PAGE] as const);
    expect(await statusOf(lms)).toBe('failing');
    await lms.page.evaluate(() => {
      window.lms.failCommits = false;
    });
    await lms.course.waitForFunction(() => window.course.tracking.status === 'saved', undefined, { timeout: 10_000 });
    expect((await storeOf(lms))['cmi.suspend_data']).toBe(
      await lms.page.evaluate(() => window.lms.api.LMSGetValue('cmi.suspend_data')),
    );
  });

  it('saves small changes within a second, and says so until then', async () => {
    await newLearner();
    const lms = await launch();
    const status = await lms.course.evaluate(
      ([lesson]) => {
        window.course.session.openLesson(lesson);
        return window.course.tracking.status;
      },
      [PAGE] as const,
    );
    expect(status).toBe('saving');
    await lms.course.waitForFunction(() => window.course.tracking.status === 'saved', undefined, { timeout: 3_000 });
    expect(await storeOf(lms)).toMatchObject({ 'cmi.core.lesson_location': PAGE });
  });

  it('a later window takes the course over, and the earlier one says so and writes no more', async () => {
    await newLearner();
    const earlier = await launch();
    const later = await launch();
    await earlier.course.waitForFunction(() => window.course.tracking.status === 'superseded');
    await later.course.evaluate(([lesson]) => window.course.session.completeLesson(lesson), [PAGE] as const);
    await earlier.course.evaluate(([lesson]) => window.course.session.startScenario(lesson), [SCENARIO] as const);
    const calls = (await callsOf(earlier)).length;
    await earlier.course.evaluate(() => window.course.tracking.exit());
    expect(await callsOf(earlier)).toHaveLength(calls);
    const third = await launch();
    expect(await third.course.evaluate(() => window.course.session.state)).toMatchObject({
      epoch: 3,
      completed: [PAGE],
      scenarios: {},
    });
  });
});

describe('the API is found', () => {
  const openIn = async (path: string) => {
    await newLearner();
    return openCourse(await context.newPage(), site.origin + path);
  };
  const nested = (path: string) => encodeURIComponent(path);

  it.each([
    ['in the parent', () => `/lms?frame=/course`],
    ['in the grandparent', () => `/lms?frame=${nested('/plain?frame=/course')}`],
    [
      'behind a parent of another origin',
      () => `/lms?frame=${nested(`${site.otherOrigin}/plain?frame=${nested(`${site.origin}/course`)}`)}`,
    ],
    ['in the same window', () => '/self'],
  ])('%s', async (_where, path) => {
    expect(await (await openIn(path())).evaluate(() => window.course.tracking.status)).toBe('saved');
  });

  it.each([
    ['in the opener', 0],
    ['in the parent of the opener', 1],
  ])('%s', async (_where, frame) => {
    await newLearner();
    const page = await context.newPage();
    await page.goto(`${site.origin}/lms?frame=/plain`);
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.frames()[frame]?.evaluate(() => void window.open('/course')),
    ]);
    expect(await (await courseIn(popup)).evaluate(() => window.course.tracking.status)).toBe('saved');
  });

  it.each([
    ['there is none', () => '/course'],
    ['the only parent is of another origin', () => `/plain?frame=${nested(`${site.otherOrigin}/course`)}`],
  ])('nowhere when %s: the course runs, and says that nothing is kept', async (_why, path) => {
    const course = await openIn(path());
    expect(await course.evaluate(() => window.course.tracking.status)).toBe('none');
    await playThrough(course, true);
    expect(await course.evaluate(() => window.course.session.result())).toEqual({
      complete: true,
      success: true,
      score: 100,
    });
    await course.evaluate(() => window.course.tracking.exit());
    expect(await course.evaluate(() => window.course.tracking.status)).toBe('closed');
  });
});
