import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

describe('the GraphQL IDE', () => {
  let service: TestApp;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    await promisify(execFile)(process.execPath, ['scripts/build-ide.mjs']);
    [service, browser] = [await createTestApp(), await launchBrowser()];
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
  });

  it('runs a first query with a key and shows its result', async () => {
    await page.goto(`${service.url}/graphql`);
    await page.waitForSelector('.graphiql-query-editor .CodeMirror');
    await writeHeaders(page, { Authorization: `Bearer ${service.adminKey}` });
    await page.click('.graphiql-execute-button');
    await page.waitForFunction(() =>
      document.querySelector('.result-window')?.textContent?.includes('Default organization'),
    );
  });

  it('loads the documentation of the schema with the key', async () => {
    await page.click('button[aria-label="Show Documentation Explorer"]');
    await page.click('.graphiql-doc-explorer a:has-text("Mutation")');
    await page.waitForSelector('.graphiql-doc-explorer :text("createApiKey")');
    await screenshot(page);
  });

  it('asks no other host and breaks none of its own rules', () => {
    expect(requests.length).toBeGreaterThan(3);
    expect(requests.filter((url) => !url.startsWith(service.url) && !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is for browsers only: a program that reads the address needs a key', async () => {
    const answer = await fetch(`${service.url}/graphql?query={viewer{apiKey{id}}}`, {
      headers: { accept: 'application/json' },
    });
    expect(answer.status).toBe(401);
  });
});

async function writeHeaders(page: Page, headers: Record<string, string>): Promise<void> {
  await page.click('.graphiql-editor-tool .graphiql-editor:not(.hidden) .CodeMirror');
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(JSON.stringify(headers));
}

/** For people to look at: `SCREENSHOTS=folder`. */
async function screenshot(page: Page): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/ide.png` });
}
