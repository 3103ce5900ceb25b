import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Learner } from '../support/learner.js';
import { lenientApi } from '../support/lms/lenient-api.js';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

let site: CourseSite;

beforeAll(async () => {
  site = await openCourseSite();
}, 60_000);

afterAll(() => site.close());

const open = (window = { width: 650 }, before?: string) => Learner.open(site.browser, site.url, window, before);

describe('going through a course', () => {
  it('shows title, summary and contents before any script has run', async () => {
    const page = await site.browser.newPage({ javaScriptEnabled: false });
    await page.goto(site.url);
    const text = await page.locator('body').innerText();
    expect(text).toContain('Social media at work');
    expect(text).toContain('How to speak for us');
    expect(text).toContain('Two dented kettles');
    expect(text).toContain('This course needs JavaScript');
    await page.close();
  });

  it('moves the focus to the heading of each new screen, and reads it from its top', async () => {
    const learner = await open();
    await learner.press('Start the course');
    expect(await learner.focused()).toBe('Why your posts matter');
    await learner.press('Continue');
    expect(await learner.focused()).toBe('The tools of the trade');
    expect(await learner.page.evaluate(() => scrollY)).toBe(0);
    await learner.close();
  });

  it('leads by the keyboard from the first key to the content', async () => {
    const learner = await open();
    await learner.page.keyboard.press('Tab');
    expect(await learner.focused()).toBe('Skip to the content');
    await learner.page.keyboard.press('Enter');
    expect(await learner.page.evaluate(() => document.activeElement?.id)).toBe('content');
    await learner.close();
  });

  it('keeps the focus inside the outline until Escape closes it, and gives it back', async () => {
    const learner = await open();
    await learner.page.getByRole('button', { name: 'Course outline' }).click();
    for (let key = 0; key < 15; key += 1) await learner.page.keyboard.press('Tab');
    const inside = () => learner.page.evaluate(() => document.activeElement?.closest('dialog, body')?.tagName);
    expect(await inside()).toBe('DIALOG');
    await learner.page.keyboard.press('Escape');
    expect(await learner.focused()).toBe('Course outline');
    await learner.close();
  });

  it('tells in the outline what is done, and counts only required lessons', async () => {
    const learner = await open({ width: 1280 });
    await learner.press('Start the course');
    await learner.press('Continue');
    const outline = learner.page.getByRole('navigation');
    expect(await outline.getByRole('button', { name: 'Complete Why your posts matter' }).isVisible()).toBe(true);
    expect(await learner.page.getByText('1 of 4 lessons complete').isVisible()).toBe(true);
    await learner.goTo('Your result');
    expect(await learner.heading('You are not quite done yet').isVisible()).toBe(true);
    await learner.press('The tools of the trade');
    expect(await learner.focused()).toBe('The tools of the trade');
    await learner.close();
  });

  it('comes back to the very block that was read when the course was closed', async () => {
    const context = await site.browser.newContext({ viewport: { width: 650, height: 700 } });
    await context.addInitScript(lenientApi());
    const first = await context.newPage();
    await first.goto(site.url);
    await first.getByRole('button', { name: 'Start the course' }).click();
    await first.getByText('The kettle that started it all.').scrollIntoViewIfNeeded();
    const figure = first.locator('.block--image');
    await figure.evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await first.waitForFunction(() => localStorage.getItem('cmi')?.includes('location'));
    await first.waitForTimeout(1_500);
    await first.close();
    const second = await context.newPage();
    await second.goto(site.url);
    await second.getByRole('heading', { name: 'Why your posts matter' }).waitFor();
    const { y } = (await second.locator('.block--image').boundingBox())!;
    expect(Math.abs(y)).toBeLessThan(120);
    await context.close();
  });

  it('opens links of the course beside it, so that the course goes on', async () => {
    const learner = await open();
    await learner.press('Start the course');
    await learner.page.context().route('https://example.org/**', (route) => route.fulfill({ body: 'policy' }));
    const [other] = await Promise.all([
      learner.page.waitForEvent('popup'),
      learner.page.getByRole('link', { name: 'full policy' }).click(),
    ]);
    expect(other.url()).toBe('https://example.org/policy');
    expect(await learner.heading('Why your posts matter').isVisible()).toBe(true);
    await learner.close();
  });
});
