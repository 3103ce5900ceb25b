/** Opens courses in the test site, and does in them what a learner does. */
import type { Frame, Page } from 'playwright-core';
import * as element from '../courses/small-course.js';

export type CoursePage = Page | Frame;

const START_TIMEOUT_MS = 10_000;

/** The frame of the page in which the course has started. */
export async function courseIn(page: Page): Promise<CoursePage> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    for (const frame of page.frames()) {
      const isCourse = /\/(course|self)$/.test(new URL(frame.url()).pathname);
      if (isCourse && (await frame.evaluate(() => 'course' in window))) return frame;
    }
    if (Date.now() > deadline) throw new Error('the course did not start');
    await page.waitForTimeout(20);
  }
}

/** Opens an address of the site, and the course in it. */
export async function openCourse(page: Page, address: string): Promise<CoursePage> {
  await page.goto(address);
  return courseIn(page);
}

/** Does everything in the small course; `right` or not in the assessment. */
export const playThrough = (course: CoursePage, right: boolean): Promise<void> =>
  course.evaluate(
    ([answersRight, id]) => {
      const { session } = window.course;
      session.openLesson(id.PAGE);
      session.tick(id.CHECKLIST, 'one', true);
      session.moveTo(id.CHECK);
      session.answerCheck(id.CHECK, false);
      session.completeLesson(id.PAGE);
      session.startScenario(id.SCENARIO);
      session.advance(id.SCENARIO);
      session.choose(id.SCENARIO, id.APOLOGISE);
      session.openLesson(id.ASSESSMENT);
      session.beginAssessment(id.ASSESSMENT);
      session.answerQuestion(id.ASSESSMENT, id.SINGLE, answersRight ? 'a' : 'b');
      session.answerQuestion(id.ASSESSMENT, id.MULTIPLE, answersRight ? ['a', 'b'] : ['c']);
      session.answerQuestion(id.ASSESSMENT, id.LIKERT, 'yes');
      session.submitAssessment(id.ASSESSMENT);
    },
    [
      right,
      {
        PAGE: element.PAGE,
        CHECKLIST: element.CHECKLIST,
        CHECK: element.CHECK,
        SCENARIO: element.SCENARIO,
        APOLOGISE: element.APOLOGISE,
        ASSESSMENT: element.ASSESSMENT,
        SINGLE: element.SINGLE,
        MULTIPLE: element.MULTIPLE,
        LIKERT: element.LIKERT,
      },
    ] as const,
  );
