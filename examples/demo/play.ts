import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { CourseDocument, Lesson } from '../../exporters/document/index.js';
import type { Lms } from '../lms/lms.js';
import { Learner } from './learner.js';

export interface Play {
  /** The package in the LMS's window. */
  readonly learner: Learner;
  readonly page: Page;
  picture(name: string): Promise<void>;
}

/** Launches the course in the LMS, does something, and closes the window without a word, as people do. */
async function session(
  browser: Browser,
  lms: Lms,
  course: CourseDocument,
  folder: string,
  use: (play: Play) => Promise<void>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(lms.url);
  const picture = async (name: string) => {
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  await use({ learner: new Learner(page.frameLocator('iframe'), course), page, picture });
  await context.close({ reason: 'The learner closed the window.' });
  if (failures.length > 0) throw new Error(`The player failed: ${failures.join('; ')}`);
}

/** Takes the course in two sittings: to the middle, then from where it was left to its end. */
export async function playInTwoSittings(
  browser: Browser,
  lms: Lms,
  course: CourseDocument,
  folder: string,
  say: (line: string) => void,
): Promise<void> {
  const lessons = course.sections.flatMap((section) => section.lessons);
  const middle = Math.ceil(lessons.length / 2);
  await session(browser, lms, course, folder, async (play) => {
    await play.picture('1-cover');
    await play.learner.start();
    await takeAll(play, lessons.slice(0, middle), say);
    await play.learner.waitUntilSaved();
    await play.picture('2-before-suspending');
  });
  say(
    `suspended: ${lms.cmi?.core?.lesson_status ?? '?'}, ${lms.cmi?.suspend_data?.length ?? 0} characters of suspend data`,
  );
  await session(browser, lms, course, folder, async (play) => {
    await play.page
      .frameLocator('iframe')
      .getByRole('heading', { level: 1, name: lessons[middle]?.title ?? '' })
      .waitFor();
    say(`resumed at "${lessons[middle]?.title ?? ''}"`);
    await takeAll(play, lessons.slice(middle), say);
    await play.page.frameLocator('iframe').getByRole('heading', { level: 1 }).waitFor();
    await play.picture('4-result');
    await play.page.frameLocator('iframe').getByRole('button', { name: 'Exit' }).first().click();
    await play.page.frameLocator('iframe').getByText('Your progress is saved').waitFor();
  });
}

async function takeAll(play: Play, lessons: readonly Lesson[], say: (line: string) => void): Promise<void> {
  for (const lesson of lessons) {
    if (lesson.kind === 'scenario') await play.picture('3-scenario');
    await play.learner.take(lesson);
    say(`took ${lesson.kind} "${lesson.title}"`);
  }
}
