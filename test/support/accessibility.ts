import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/**
 * What axe-core finds on a page with every rule switched on, best practices and WCAG 2.2 AA alike; empty when nothing. A
 * content security policy refuses scripts from elsewhere, so the checker goes in by the debugger.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  return run(page, { rules: { 'target-size': { enabled: true } } });
}

/** The same for contrast alone, which is all that differs in a dark window. */
export async function contrastFaults(page: Page): Promise<string[]> {
  return run(page, { runOnly: ['color-contrast'] });
}

async function run(page: Page, options: object): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await readFile(AXE, 'utf8'));
  const violations = await page.evaluate(
    async (given) => {
      const { axe } = globalThis as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } };
      return (await axe.run(given)).violations;
    },
    { ...options, resultTypes: ['violations'] },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} (${failureSummary})`),
  );
}
