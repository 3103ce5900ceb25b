import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, contrastFaults } from '../support/accessibility.js';
import { launchBrowser } from '../support/browser.js';
import { fileBodies } from '../support/fixtures/rich-assets.js';
import { richCourse } from '../support/fixtures/rich-course.js';
import { allQuestions } from '../support/fixtures/rich-questions.js';
import { Learner } from '../support/learner.js';
import { bundlePlayer } from '../support/player-bundle.js';
import { servePackage, type PackageServer } from '../support/package-server.js';

let browser: Browser;
let server: PackageServer;

beforeAll(async () => {
  browser = await launchBrowser();
  server = await servePackage(richCourse, await bundlePlayer(), fileBodies);
}, 60_000);

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** How far the page is wider than its window, in pixels. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Visits every kind of screen and every state of it, and calls `look` at each. */
async function visitAll(learner: Learner, look: (screen: string) => Promise<void>): Promise<void> {
  await look('start');
  await learner.press('Start the course');
  await learner.page.getByText('Read the transcript').first().click();
  await look('reading');
  await learner.goTo('The tools of the trade');
  await learner.page.getByText('What counts as confidential?').click();
  await learner.press('Turn the card');
  await learner.choose('Would I say this');
  await look('exploring');
  await learner.goTo('Cases, cards');
  await learner.press('Show a model answer');
  await learner.press('Check the answer');
  await look('cases, with an answer missing');
  await learner.choose('Find out who');
  await learner.press('Check the answer');
  await look('cases, answered');
  await visitScenario(learner, look);
  await visitAssessment(learner, look);
  await learner.goTo('Your result');
  await look('end');
}

async function visitScenario(learner: Learner, look: (screen: string) => Promise<void>): Promise<void> {
  await learner.goTo('Two dented kettles');
  await look('scenario, introduction');
  await learner.press('Begin');
  for (let step = 0; step < 3; step += 1) await learner.press('Continue');
  await look('scenario, decision');
  await learner.press('Thank her');
  await look('scenario, feedback');
  await learner.press('Continue');
  await learner.press('A new kettle');
  await look('scenario, ending');
}

async function visitAssessment(learner: Learner, look: (screen: string) => Promise<void>): Promise<void> {
  await learner.goTo('Final assessment');
  await look('assessment, introduction');
  await learner.press('Begin');
  for (const { kind } of allQuestions) {
    await look(`question, ${kind}`);
    await learner.press(/Next question|Review and hand in/);
  }
  await look('assessment, before handing in');
  await learner.press('Hand in');
  for (const details of await learner.page.locator('main details').all()) {
    await details.evaluate((element) => element.setAttribute('open', ''));
  }
  await look('assessment, result');
}

describe.each([320, 1280])('every screen at %d px', (width) => {
  it('has nothing for axe-core to find, light or dark, and nothing wider than the window', async () => {
    const learner = await Learner.open(browser, server.url, { width });
    const { page } = learner;
    const faults: string[] = [];
    const seen: string[] = [];
    await visitAll(learner, async (screen) => {
      seen.push(screen);
      const light = await accessibilityFaults(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = await contrastFaults(page);
      await page.emulateMedia({ colorScheme: 'light' });
      const excess = await overflow(page);
      const cut = excess > 0 ? [`${excess} px too wide`] : [];
      faults.push(...[...light, ...dark, ...cut].map((fault) => `${screen}: ${fault}`));
    });
    expect(faults).toEqual([]);
    expect(seen).toHaveLength(21);
    expect(learner.faults).toEqual([]);
    await learner.close();
  }, 120_000);
});
