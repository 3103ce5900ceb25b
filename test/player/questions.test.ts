import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Learner } from '../support/learner.js';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

let site: CourseSite;

beforeAll(async () => {
  site = await openCourseSite();
}, 60_000);

afterAll(() => site.close());

async function openAssessment(name: string): Promise<Learner> {
  const learner = await Learner.open(site.browser, site.url, { width: 650 });
  await learner.goTo(name);
  await learner.press('Begin');
  return learner;
}

/** Answers the question at hand rightly, by the keyboard alone. */
const answers: ((learner: Learner) => Promise<void>)[] = [
  async ({ page }) => page.getByRole('radio', { name: /Acknowledge it/ }).press('Space'),
  async ({ page }) => {
    await page.getByRole('checkbox', { name: /A link to our/ }).press('Space');
    await page.getByRole('checkbox', { name: /An opening/ }).press('Space');
  },
  async ({ page }) => page.getByRole('radio', { name: 'False' }).press('Space'),
  async ({ page }) => {
    await page.getByLabel('A journalist').selectOption('The press office');
    await page.getByLabel('A customer with a fault').selectOption('Customer care');
    await page.getByLabel('Somebody who threatens').selectOption('The duty manager');
  },
  async (learner) =>
    putInOrder(learner, ['Acknowledge', 'Say what happens next', 'Take it offline', 'Tell how it ended']),
  async ({ page }) => page.getByLabel('Your answer').fill(' Disclosure '),
  async ({ page }) => page.getByLabel('Your number').fill('60'),
  async ({ page }) => page.getByRole('radio', { name: 'Mostly' }).press('Space'),
];

async function putInOrder({ page }: Learner, wanted: readonly string[]): Promise<void> {
  for (const item of [...wanted].reverse()) {
    const up = page.getByRole('button', { name: `Move up: ${item}`, exact: true });
    while (await up.isEnabled()) await up.press('Enter');
  }
}

describe('questions', () => {
  it('of every kind are answered by the keyboard, and a whole attempt is passed so', async () => {
    const learner = await openAssessment('Final assessment');
    for (const answer of answers) {
      await answer(learner);
      await learner.page.getByRole('button', { name: /Next question|Review and hand in/ }).press('Enter');
    }
    await learner.page.getByText('You have answered every question.').waitFor();
    await learner.press('Hand in');
    expect(await learner.heading('Passed').isVisible()).toBe(true);
    expect(await learner.page.getByText('100 %').isVisible()).toBe(true);
    await learner.close();
  });

  it('announce each move of an item, and keep the focus with it', async () => {
    const learner = await openAssessment('Final assessment');
    for (let question = 0; question < 4; question += 1) await learner.press('Next question');
    const { page } = learner;
    const name = (await page.locator('.ordering__text').first().textContent())!;
    await page.getByRole('button', { name: `Move down: ${name}` }).focus();
    for (const place of [2, 3, 4]) {
      await page.keyboard.press('Enter');
      await page
        .getByRole('status')
        .filter({ hasText: `${name}: now ${place} of 4` })
        .waitFor();
    }
    expect(await learner.focused()).toBe(`Move up: ${name}`);
    await learner.close();
  });

  it('are explained at once where the author wants it: the focus is on what is said of the answer', async () => {
    const learner = await openAssessment('Quick check');
    await learner.choose('Find out who');
    await learner.press('Check the answer');
    expect(await learner.focused()).toMatch(/^Not correct.*nobody waits for it/);
    expect(await learner.page.getByRole('radio', { name: 'Find out who' }).isDisabled()).toBe(true);
    await learner.close();
  });

  it('that are not answered are named before handing in, and can be gone back to', async () => {
    const learner = await openAssessment('Final assessment');
    for (let question = 0; question < 8; question += 1) {
      if (question !== 2) await answers[question]!(learner);
      await learner.press(/Next question|Review and hand in/);
    }
    await learner.page.getByText('1 question has no answer yet.').waitFor();
    await learner.press('Question 3');
    await learner.choose('False');
    await learner.press('Next question');
    expect(await learner.page.getByLabel('A journalist').inputValue()).not.toBe('');
    await learner.close();
  });

  it('ask for an answer that is missing, in words, at the place where it is missing', async () => {
    const learner = await openAssessment('Quick check');
    await learner.press('Check the answer');
    await learner.page.getByRole('alert').filter({ hasText: 'Please complete your answer first.' }).waitFor();
    expect(await learner.page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
    await learner.close();
  });

  it('of a page can be tried again', async () => {
    const learner = await Learner.open(site.browser, site.url, { width: 650 });
    await learner.goTo('Cases, cards');
    await learner.choose('Find out who');
    await learner.press('Check the answer');
    await learner.press('Try again');
    await learner.choose('Acknowledge it');
    await learner.press('Check the answer');
    expect(await learner.focused()).toMatch(/^Correct/);
    await learner.close();
  });
});

describe('a time limit', () => {
  it('is announced before it is over, and hands in what was answered', async () => {
    const learner = await Learner.open(site.browser, site.url, { width: 650 });
    await learner.page.clock.install();
    await learner.goTo('Final assessment');
    await learner.press('Begin');
    await answers[0]!(learner);
    await learner.press('Next question');
    await learner.page.clock.runFor(15 * 60_000 + 1_000);
    await learner.page.getByRole('status').filter({ hasText: '5 minutes left.' }).waitFor();
    await learner.page.clock.runFor(6 * 60_000);
    await learner.page.getByText('The time was over; what you had answered was handed in.').waitFor();
    expect(await learner.page.getByText('1 correct').isVisible()).toBe(true);
    await learner.close();
  });
});
