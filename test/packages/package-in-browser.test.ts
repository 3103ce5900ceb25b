import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { openCourseSite, type CourseSite } from '../support/rich-course-site.js';

/** At most so many requests bring a course to its first screen. */
const MAX_REQUESTS = 8;

describe('a package in a browser', () => {
  let site: CourseSite;

  beforeAll(async () => {
    site = await openCourseSite();
  });
  afterAll(() => site.close());

  /** Opens the course; what the page asked for and complained about comes along. */
  async function open(): Promise<{ page: Page; requests: URL[]; complaints: string[] }> {
    const page = await site.browser.newPage();
    const requests: URL[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(new URL(request.url())));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(site.url, { waitUntil: 'networkidle' });
    return { page, requests, complaints };
  }

  it('starts with few requests, all to itself, and breaks no rule of its own policy', async () => {
    const { page, requests, complaints } = await open();
    expect(requests.filter(({ protocol }) => protocol === 'http:').length).toBeLessThanOrEqual(MAX_REQUESTS);
    expect(
      requests.filter(({ origin, protocol }) => protocol !== 'data:' && origin !== new URL(site.url).origin),
    ).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Social media at work');
    await page.close();
  });

  it('cannot reach anybody else, even if something in it tried', async () => {
    const { page } = await open();
    const refused = await page.evaluate(async () => {
      const directives: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
      const image = new Image();
      const failed = new Promise((resolve) => (image.onerror = resolve));
      image.src = 'http://127.0.0.1:9/pixel.png';
      await fetch('http://127.0.0.1:9/').catch(() => undefined);
      await failed;
      return directives.sort();
    });
    expect(refused).toEqual(['connect-src', 'img-src']);
    await page.close();
  });
});
