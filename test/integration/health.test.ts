import { afterAll, beforeAll, describe, it } from '@jest/globals';
import request from 'supertest';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

describe('health', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp();
  });
  afterAll(() => service.close());

  it('of a service that has just started: live and ready', async () => {
    await request(service.url).get('/health/live').expect(200);
    await request(service.url)
      .get('/health/ready')
      .expect(200, { status: 'ok', checks: { database: 'ok', migrations: 'ok', storage: 'ok' } });
  });

  it('needs no key, and nothing else is as open', async () => {
    await request(service.url).get('/versions/00000000-0000-7000-8000-000000000000/document.json').expect(401);
  });
});
