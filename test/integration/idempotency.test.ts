import { Conflict, ValidationFailed } from '../../src/platform/errors.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { withClient } from '../../src/platform/database/server.js';
import { Idempotency } from '../../src/platform/graphql/idempotency/idempotency.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const organizationId = '00000000-0000-7000-8000-000000000001';
const principal: Principal = { organizationId, keyId: 'test-admin', scopes: new Set(['admin']) };

describe('an idempotency key', () => {
  let service: TestApp;
  let idempotency: Idempotency;
  let runs: number;

  beforeAll(async () => {
    service = await createTestApp();
    idempotency = service.app.get(Idempotency, { strict: false });
  });
  afterAll(() => service.close());
  beforeEach(() => {
    runs = 0;
  });

  const create = (key: string | null, input: unknown = { title: 'x' }, operation = 'createThing') =>
    idempotency.run(principal, key, operation, input, () => {
      runs += 1;
      return Promise.resolve({
        id: runs,
        madeAt: new Date('2026-01-02T03:04:05.678Z'),
        note: '2026-01-02T03:04:05.678Z',
      });
    });

  it('runs the work once, and answers a repetition the same, dates as dates', async () => {
    const first = await create('once');
    expect(await create('once')).toEqual(first);
    expect(first).toMatchObject({ id: 1, madeAt: expect.any(Date) as Date, note: expect.any(String) as string });
    expect(runs).toBe(1);
  });

  it('takes the same input whatever the order of its fields', async () => {
    await create('order', { a: 1, b: [{ c: 2, d: 3 }] });
    await create('order', { b: [{ d: 3, c: 2 }], a: 1 });
    expect(runs).toBe(1);
  });

  it('refuses another input and another operation', async () => {
    await create('taken');
    expect(await create('taken', { title: 'y' })).toBeInstanceOf(Conflict);
    expect(await create('taken', { title: 'x' }, 'createOther')).toBeInstanceOf(Conflict);
    expect(runs).toBe(1);
  });

  it('is not needed: without one the work runs each time', async () => {
    await create(null);
    await create(null);
    expect(runs).toBe(2);
  });

  it('makes two requests at the same time one: the second waits and answers what the first did', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => slowly('concurrent')));
    expect(runs).toBe(1);
    for (const answer of answers) expect(answer).toEqual({ id: 1 });
  });

  it('remembers no failure: the request may be mended and repeated with it', async () => {
    const fail = () => Promise.resolve(new ValidationFailed([{ code: 'NO', message: 'No.', path: [] }]));
    expect(await idempotency.run(principal, 'mended', 'createThing', {}, fail)).toBeInstanceOf(ValidationFailed);
    const throwing = () => Promise.reject(new Error('unexpected'));
    await expect(idempotency.run(principal, 'mended', 'createThing', {}, throwing)).rejects.toThrow('unexpected');
    expect(await create('mended')).toMatchObject({ id: 1 });
  });

  it('is gone when the unit of work around it fails', async () => {
    const unitOfWork = service.app.get(UnitOfWork, { strict: false });
    await unitOfWork.run(organizationId, async () => {
      await create('outer');
      return new Conflict('The use case failed later.');
    });
    await create('outer');
    expect(runs).toBe(2);
  });

  it('belongs to its organization', async () => {
    const { data } = await service.graphql<{ createOrganization: { organization: { id: string } } }>(
      'mutation { createOrganization(input: { name: "Other" }) { ... on CreateOrganizationSuccess { organization { id } } } }',
    );
    const other: Principal = { ...principal, organizationId: data.createOrganization.organization.id };
    await create('shared');
    const theirs = await idempotency.run(other, 'shared', 'createThing', { title: 'z' }, () =>
      Promise.resolve('theirs'),
    );
    expect(theirs).toBe('theirs');
  });

  it('is forgotten after 24 hours, and does not stay in the table', async () => {
    await create('old');
    await create('older');
    await age('old', '24 hours 1 second');
    await age('older', '2 days');
    expect(await create('old', { title: 'another' })).toMatchObject({ id: 3 });
    expect(await keys()).not.toContain('older');
    expect(await keys()).toContain('old');
  });

  const slowly = (key: string) =>
    idempotency.run(principal, key, 'createThing', {}, async () => {
      runs += 1;
      const id = runs;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { id };
    });

  const age = (key: string, by: string) =>
    withClient(service.database.ownerUrl, (client) =>
      client.query('UPDATE idempotency_keys SET created_at = created_at - $2::interval WHERE key = $1', [key, by]),
    );

  const keys = () =>
    withClient(service.database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ key: string }>('SELECT key FROM idempotency_keys');
      return rows.map(({ key }) => key);
    });
});
