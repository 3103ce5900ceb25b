import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessibilityFaults } from '../support/accessibility.js';
import { arabicCourse } from '../support/fixtures/arabic-course.js';
import { Learner } from '../support/learner.js';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

let site: CourseSite;
let arabicSite: CourseSite;

beforeAll(async () => {
  site = await openCourseSite();
  arabicSite = await openCourseSite(arabicCourse);
}, 60_000);

afterAll(async () => {
  await site.close();
  await arabicSite.close();
});

describe('how a course looks', () => {
  it('prints a quick-reference card and nothing else', async () => {
    const learner = await Learner.open(site.browser, site.url, { width: 1280 }, 'window.print = () => undefined');
    await learner.goTo('Cases, cards');
    await learner.press('Print this card');
    await learner.page.emulateMedia({ media: 'print' });
    const printed = (await learner.page.locator('body').innerText()).replace(/\s+/g, ' ').trim();
    expect(printed).toMatch(/^Quick reference Answering a complaint .*Social media at work$/);
    expect(printed).not.toContain('Print this card');
    await learner.close();
  });

  it('stands still for who asks for less motion', async () => {
    const duration = async (reducedMotion: boolean) => {
      const learner = await Learner.open(site.browser, site.url, { width: 650, reducedMotion });
      await learner.goTo('The tools of the trade');
      const face = learner.page.locator('.flashcard__face').first();
      const seconds = await face.evaluate((element) => getComputedStyle(element).transitionDuration);
      await learner.close();
      return seconds;
    };
    expect(await duration(false)).toContain('0.45s');
    expect(await duration(true)).toBe('0s');
  });

  it('shows what is chosen and how far it went where the system picks the colours', async () => {
    const learner = await Learner.open(site.browser, site.url, { width: 650 });
    await learner.page.emulateMedia({ forcedColors: 'active' });
    await learner.goTo('The tools of the trade');
    await learner.choose('Would I say this');
    const bar = learner.page.locator('.checklist .meter > span');
    const [value, ground] = await Promise.all(
      [bar, learner.page.locator('body')].map((part) =>
        part.evaluate((element) => getComputedStyle(element).backgroundColor),
      ),
    );
    expect(value).not.toBe(ground);
    await learner.close();
  });
});

describe('a course in Arabic', () => {
  it('runs from right to left in its own words, and axe-core finds nothing', async () => {
    const { page } = await Learner.open(arabicSite.browser, arabicSite.url, { width: 320 });
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.getByRole('button', { name: 'ابدأ الدورة' }).click();
    const menu = (await page.getByRole('button', { name: 'محتويات الدورة' }).boundingBox())!;
    expect(menu.x).toBeGreaterThan(160);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it('turns the arrow keys of tabs round', async () => {
    const { page } = await Learner.open(arabicSite.browser, arabicSite.url, { width: 650 });
    await page.getByRole('button', { name: 'ابدأ الدورة' }).click();
    await page.getByRole('tab', { name: 'قنواتنا' }).press('ArrowLeft');
    expect(await page.getByRole('tab', { name: 'حساباتك' }).getAttribute('aria-selected')).toBe('true');
    await page.close();
  });
});
