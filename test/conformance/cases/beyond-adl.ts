/** Requirements of 1.0.3 that ADL gave no number: named by clause, as those that only 2.0 has. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { minimalStatement } from '../../support/statements.js';
import type { XapiAnswer } from '../../support/statements.js';
import { ATTACHMENT, st, UUID } from '../fixtures.js';
import type { Lrs, RequirementCase } from '../lrs.js';

const messageOf = ({ json }: XapiAnswer) => (json['error'] as { message: string }).message;

/** The same profile document again and again. */
function profile(lrs: Lrs) {
  const query = { activityId: `http://example.com/${randomUUID()}`, profileId: 'p' };
  return (method: string, body?: unknown, headers: Record<string, string> = {}) =>
    lrs.send(method, '/activities/profile', { query, headers, ...(body === undefined ? {} : { body }) });
}

export const beyondAdl: readonly RequirementCase[] = [
  {
    ids: 'DATA-2.2-a',
    title: 'no format changes what it has no reason to change: digits, escapes, blanks',
    check: async (lrs) => {
      const value = '{ "a":[1.0, 1e400, -0, 12345678901234567890.123], "b":"\\u0041\\/", "__proto__":null }';
      const id = randomUUID();
      const text = JSON.stringify(minimalStatement({ id })).replace(
        /}$/,
        `,"result":{"extensions":{"urn:x":${value}}}}`,
      );
      expect((await lrs.send('POST', '/statements', { body: text })).status).toBe(200);
      for (const format of ['exact', 'ids', 'canonical'])
        expect((await lrs.get({ statementId: id, format })).text).toContain(`{"extensions":{"urn:x":${value}}}`);
    },
  },
  {
    ids: 'DATA-2.3.1-a DATA-2.3.1-b',
    title: 'what is the same is taken again, what differs is 409, and neither changes what is stored',
    check: async (lrs) => {
      const id = randomUUID();
      const statement = st({ id, result: { score: { raw: 1 } }, timestamp: '2026-01-01T00:00:00.000Z' });
      await lrs.store(statement);
      const { text } = await lrs.get({ statementId: id });
      const again = { ...statement, timestamp: '2027-01-01T00:00:00.000Z', version: '1.0.1' };
      const other = { ...statement, result: { score: { raw: 2 } } };
      for (const [body, status] of [
        [again, [200, 204]],
        [other, [409, 409]],
      ] as const) {
        const posted = await lrs.send('POST', '/statements', { body });
        const put = await lrs.send('PUT', '/statements', { query: { statementId: id }, body });
        expect([posted.status, put.status]).toEqual(status);
        expect((await lrs.get({ statementId: id })).text).toBe(text);
      }
    },
  },
  {
    ids: 'DATA-2.4.4.1-a',
    title: 'one activity id is one activity, whoever speaks of it and however',
    check: async (lrs) => {
      const id = `http://example.com/${randomUUID()}`;
      const ids = [
        await lrs.store(st({ object: { id, definition: { type: 'http://example.com/types/course' } } })),
        await lrs.store(st({ actor: { mbox: 'mailto:x@example.com' }, object: { objectType: 'Activity', id } })),
      ];
      expect((await lrs.idsOf({ activity: id })).sort()).toEqual(ids.sort());
      expect((await lrs.send('GET', '/activities', { query: { activityId: id } })).json).toMatchObject({
        id,
        definition: { type: 'http://example.com/types/course' },
      });
    },
  },
  {
    ids: 'COMM-1.5.1-a COMM-1.5.1-b',
    title: 'JSON brings batches without attachments, and with attachments that have a fileUrl',
    check: async (lrs) => {
      await lrs.send('POST', '/statements', { body: [st(), st()] }).then(({ status }) => expect(status).toBe(200));
      const id = await lrs.store(st({ attachments: [ATTACHMENT] }));
      expect((await lrs.read(id))['attachments']).toEqual([ATTACHMENT]);
    },
  },
  {
    ids: 'COMM-2.2-a',
    title: 'documents of activities and agents that nobody knows are taken',
    check: async (lrs) => {
      const activityId = `http://example.com/${randomUUID()}`;
      const agent = JSON.stringify({ mbox: `mailto:${randomUUID()}@example.com` });
      const headers = { 'if-none-match': '*' };
      for (const [path, query] of [
        ['/activities/state', { activityId, agent, stateId: 's' }],
        ['/activities/profile', { activityId, profileId: 'p' }],
        ['/agents/profile', { agent, profileId: 'p' }],
      ] as const) {
        expect((await lrs.send('PUT', path, { query, headers, body: { a: 1 } })).status).toBe(204);
        expect((await lrs.send('GET', path, { query })).json).toEqual({ a: 1 });
      }
    },
  },
  {
    ids: 'COMM-3.1-a COMM-3.1-b COMM-3.1-c',
    title: 'entity tags are in quotes; conditions that fail change nothing, and the answer tells how to go on',
    check: async (lrs) => {
      const document = profile(lrs);
      expect((await document('PUT', { v: 1 }, { 'if-none-match': '*' })).status).toBe(204);
      const { headers } = await document('GET');
      const etag = headers.get('etag')!;
      expect(etag).toMatch(/^"[^"]+"$/);
      const refused = [
        await document('PUT', { v: 2 }),
        await document('PUT', { v: 2 }, { 'if-none-match': '*' }),
        await document('PUT', { v: 2 }, { 'if-match': '"another"' }),
      ];
      expect(refused.map(({ status }) => status)).toEqual([409, 412, 412]);
      expect(messageOf(refused[0]!)).toMatch(/Read it again, and send its ETag as If-Match/);
      expect((await document('GET')).json).toEqual({ v: 1 });
      expect((await document('PUT', { v: 2 }, { 'if-match': etag })).status).toBe(204);
      expect((await document('GET')).json).toEqual({ v: 2 });
    },
  },
  {
    ids: 'COMM-3.2-a',
    title: 'errors tell their cause, and where it is',
    check: async (lrs) => {
      const { status, json } = await lrs.send('POST', '/statements', { body: [st(), st({ verb: { id: 'no iri' } })] });
      expect([status, json['error']]).toMatchObject([
        400,
        { message: expect.stringMatching(/IRI/), path: ['1', 'verb', 'id'] },
      ]);
    },
  },
  {
    ids: 'COMM-3.2-b',
    title: 'too many requests are 429, and are told when to come again',
    check: async (lrs) => {
      const { data } = await lrs.app.graphql<{ createApiKey: { credentials: string } }>(
        `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeySuccess { credentials } } }`,
        { input: { name: 'Hurried', scopes: ['ALL'], requestsPerMinute: 2 } },
      );
      const key = data.createApiKey.credentials;
      const answers: XapiAnswer[] = [];
      for (let count = 0; count < 3; count += 1) answers.push(await lrs.send('GET', '/statements', { key }));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
      expect(Number(answers[2]!.headers.get('retry-after'))).toBeGreaterThan(0);
    },
  },
  {
    ids: 'COMM-3.3-a COMM-3.3-b',
    title: '1.0 is taken like 1.0.0; versions before 1.0.0, 1.1.0 and others are 400 with a reason, except by /about',
    check: async (lrs) => {
      const asked = (version: string, path: string) =>
        lrs.send('GET', path, { headers: { 'x-experience-api-version': version } });
      for (const version of ['1.0', '1.0.0', '1.0.17']) expect((await asked(version, '/statements')).status).toBe(200);
      for (const version of ['0.95', '0.9', '1.1.0', '1.1', '2.1.0', '3.0.0', '1', 'x']) {
        const answer = await asked(version, '/statements');
        expect([version, answer.status, messageOf(answer)]).toEqual([version, 400, expect.stringContaining(version)]);
        expect((await asked(version, '/about')).status).toBe(200);
      }
    },
  },
  {
    ids: 'COMM-2.1.3-a',
    title: 'a StatementRef in a context does not make its statement match',
    check: async (lrs) => {
      const registration = randomUUID();
      const target = await lrs.store(st({ context: { registration } }));
      await lrs.store(st({ context: { statement: { objectType: 'StatementRef', id: target } } }));
      const referring = await lrs.store(st({ object: { objectType: 'StatementRef', id: target } }));
      expect((await lrs.idsOf({ registration })).sort()).toEqual([target, referring].sort());
      expect(await lrs.idsOf({ registration: UUID })).toEqual([]);
    },
  },
];
