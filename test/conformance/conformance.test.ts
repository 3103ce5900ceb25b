import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { casesOf } from './cases/index.js';
import { Lrs } from './lrs.js';
import { VERSIONS } from './requirement.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({
    LOG_LEVEL: 'error',
    MAX_STATEMENTS_BYTES: '1000000',
    MAX_BODY_BYTES: '100000',
    MAX_ATTACHMENT_BYTES: '200000',
  });
});
afterAll(() => app.close());

// Each name begins with the requirements that the test shows; docs/conformance.md lists them.
describe.each(VERSIONS)('xAPI %s', (version) => {
  it.each(casesOf(version).map((one) => [one.ids, one.title, one] as const))(
    '%s: %s',
    async (_ids, _title, { check }) => {
      await check(new Lrs(app, version));
    },
  );
});
