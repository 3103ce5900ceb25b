import type { Browser, Page } from 'playwright-core';

interface Window {
  width: number;
  height?: number;
  dark?: boolean;
  reducedMotion?: boolean;
}

/** A learner before a course: what they see and press, by the names that a screen reader would read out. */
export class Learner {
  /** Addresses outside the package that the page asked for, and errors of its scripts. */
  readonly faults: string[] = [];

  private constructor(readonly page: Page) {}

  /** Opens a package in a window of its own. `before` runs in the page before its scripts: an LMS. */
  static async open(browser: Browser, url: string, window: Window, before?: string): Promise<Learner> {
    const { width, height = 800, dark = false, reducedMotion = true } = window;
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    });
    const learner = new Learner(page);
    page.on('pageerror', (error) => learner.faults.push(error.message));
    page.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol !== 'data:' && origin !== new URL(url).origin) learner.faults.push(request.url());
    });
    if (before !== undefined) await page.addInitScript(before);
    await page.goto(url);
    await page.locator('#content').waitFor();
    return learner;
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole('main').getByRole('button', { name }).first().click();
  }

  async choose(name: string | RegExp): Promise<void> {
    await this.page.getByRole('main').getByLabel(name).first().check();
  }

  /** Goes to a lesson by the outline, wherever it is. */
  async goTo(name: string): Promise<void> {
    const menu = this.page.getByRole('button', { name: 'Course outline' });
    if (await menu.isVisible()) await menu.click();
    await this.page.getByRole('navigation').getByRole('button', { name }).click();
  }

  heading(name: string | RegExp) {
    return this.page.getByRole('heading', { name });
  }

  /** What has the focus once the screen is drawn anew, in the words that name it. */
  focused(): Promise<string> {
    return this.page.evaluate(async () => {
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const giveUp = performance.now() + 2_000;
      do await drawn();
      while (document.activeElement === document.body && performance.now() < giveUp);
      await drawn();
      return document.activeElement?.textContent?.trim() ?? '';
    });
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
