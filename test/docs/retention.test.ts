import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Archivist } from '../support/retention.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(60_000);

const page = readFileSync(new URL('../../docs/retention.md', import.meta.url), 'utf8');
const operations = [...page.matchAll(/^```graphql\n(.*?)^```/gms)].map(([, operation]) => operation!);

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

describe('docs/retention.md', () => {
  it('has operations that do what it says, one after the other', async () => {
    expect(operations).toHaveLength(5);
    const archivist = new Archivist(app);
    const [deleting, keeping, preview, start, history] = operations as [string, string, string, string, string];
    const { createRetentionRule: made } = await archivist.ask<{ createRetentionRule: { rule: Json } }>(deleting);
    expect(made.rule).toMatchObject({ revision: 1, enabled: true });
    const { createRetentionRule: hold } = await archivist.ask<{ createRetentionRule: { rule: Json } }>(keeping);
    expect(hold.rule).toMatchObject({ revision: 1 });
    const ruleId = made.rule['id'] as string;
    expect(await archivist.ask(preview, { ruleId })).toMatchObject({ retentionPreview: { count: 0, waitsFor: [] } });
    const { startRetentionRun } = await archivist.ask<{ startRetentionRun: { run: Json } }>(start, { ruleId });
    await archivist.until(startRetentionRun.run['id'] as string);
    const { retentionRuns } = await archivist.ask<{ retentionRuns: { nodes: Json[] } }>(history);
    expect(retentionRuns.nodes).toMatchObject([
      {
        status: 'DONE',
        progress: 100,
        deleted: 0,
        rule: { name: 'Progress after two years', action: 'DELETE', days: 730 },
      },
    ]);
  });
});
