import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Learner } from '../support/learner.js';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

let site: CourseSite;

beforeAll(async () => {
  site = await openCourseSite();
}, 60_000);

afterAll(() => site.close());

async function atFirstDecision(): Promise<Learner> {
  const learner = await Learner.open(site.browser, site.url, { width: 650 });
  await learner.goTo('Two dented kettles');
  await learner.press('Begin');
  for (let step = 0; step < 3; step += 1) await learner.press('Continue');
  return learner;
}

const shown = (learner: Learner, text: string) => learner.page.getByRole('main').getByText(text).first().isVisible();

describe('a scenario', () => {
  it('goes on at the newest node, and leaves the past in sight above it', async () => {
    const learner = await atFirstDecision();
    expect(await learner.focused()).toContain('How do you answer Marta?');
    expect(await shown(learner, 'The phone buzzes.')).toBe(true);
    expect(await shown(learner, 'Second kettle, second dent.')).toBe(true);
    await learner.close();
  });

  it('marks the choice, says what comes of it, and shows how the variables changed', async () => {
    const learner = await atFirstDecision();
    await learner.press('Ask her to read');
    expect(await learner.focused()).toMatch(/You chose.*Ask her to read.*Trust −30.*Reach \+400.*It sounds like blame/);
    expect(await learner.page.getByRole('main').getByRole('button', { name: 'Thank her' }).count()).toBe(0);
    const meters = learner.page.locator('.meters');
    expect(await meters.innerText()).toMatch(/Trust\s+20\s+−30\s+Reach\s+520\s+\+400/);
    await learner.close();
  });

  it('offers a choice only while its guard holds', async () => {
    const learner = await atFirstDecision();
    await learner.press('Ask her to read');
    await learner.press('Continue');
    expect(await shown(learner, 'A voucher')).toBe(true);
    expect(await learner.page.getByText('A new kettle today').count()).toBe(0);
    await learner.close();
  });

  it('ends with outcome, score, debrief, clauses and the way that led there, and can be played again', async () => {
    const learner = await atFirstDecision();
    await learner.press('Wait for the press office');
    const ending = learner.page.getByRole('region', { name: 'The thread runs away' });
    const text = await ending.innerText();
    for (const part of [
      'Handled badly',
      '10 of 100',
      'Speed without warmth',
      'more than one good way',
      '5.1 Escalation',
      'Your path',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/How do you answer Marta\?\s+Wait for the press office\s+Reach \+300/);
    await learner.press('Play again');
    expect(await learner.focused()).toContain('Tuesday, 14:05');
    expect(await learner.page.getByText('Wait for the press office').count()).toBe(0);
    await learner.close();
  });
});
