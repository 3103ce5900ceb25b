import type { Browser } from 'playwright-core';
import type { CourseDocument } from '../../exporters/document/index.js';
import { launchBrowser } from './browser.js';
import { fileBodies } from './fixtures/rich-assets.js';
import { richCourse } from './fixtures/rich-course.js';
import { bundlePlayer } from './player-bundle.js';
import { servePackage } from './package-server.js';

export interface CourseSite {
  browser: Browser;
  /** Address of the course's launch page. */
  url: string;
  close(): Promise<void>;
}

/** A browser, and a package of the rich course (or of another with its assets) on a web server. */
export async function openCourseSite(document: CourseDocument = richCourse): Promise<CourseSite> {
  const [browser, player] = await Promise.all([launchBrowser(), bundlePlayer()]);
  const server = await servePackage(document, player, fileBodies);
  return {
    browser,
    url: server.url,
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
