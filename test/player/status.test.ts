import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Learner } from '../support/learner.js';
import { lenientApi } from '../support/lms/lenient-api.js';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

let site: CourseSite;

beforeAll(async () => {
  site = await openCourseSite();
}, 60_000);

afterAll(() => site.close());

const open = (before?: string) => Learner.open(site.browser, site.url, { width: 650 }, before);
const announced = (page: Page, text: string | RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

describe('the status line', () => {
  it('says that nothing is tracked without an LMS', async () => {
    const learner = await open();
    await announced(learner.page, 'Nothing is tracked');
    await learner.close();
  });

  it('says that nothing is recorded in review', async () => {
    const learner = await open(lenientApi('review'));
    await announced(learner.page, 'Nothing is recorded');
    await learner.close();
  });

  it('says when everything is saved and the window may be closed', async () => {
    const learner = await open(lenientApi());
    await learner.press('Start the course');
    await announced(learner.page, 'It is safe to close');
    await learner.close();
  });

  it('says that the LMS does not answer, keeps trying, and says when it is saved after all', async () => {
    const learner = await open(lenientApi());
    await announced(learner.page, 'It is safe to close');
    await learner.page.evaluate('window.lmsIsDown = true');
    await learner.press('Start the course');
    await announced(learner.page, 'Not saved yet');
    await learner.page.evaluate('window.lmsIsDown = false');
    await announced(learner.page, 'It is safe to close');
    await learner.close();
  });

  it('says after the exit that progress is saved and the window can be closed', async () => {
    const learner = await open(lenientApi());
    await announced(learner.page, 'It is safe to close');
    // A window that the test opened itself closes at once; a frame of an LMS does not.
    await learner.page.evaluate(() => (window.close = () => undefined));
    await learner.page.getByRole('button', { name: 'Exit' }).click();
    await learner.heading('You have left the course').waitFor();
    expect(await learner.focused()).toBe('You have left the course');
    expect(await learner.page.getByText('Your progress is saved').isVisible()).toBe(true);
    await learner.close();
  });
});
