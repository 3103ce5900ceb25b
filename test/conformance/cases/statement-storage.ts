/** Storing and voiding statements. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../support/statements.js';
import { ACTIVITY, MAN, registered, st, sub, VERB, VOIDED, voiding, withObject, withResult } from '../fixtures.js';
import { judges } from '../lrs.js';
import type { RequirementCase } from '../lrs.js';

const storing: RequirementCase[] = [
  {
    ids: 'XAPI-00139 XAPI-00143 XAPI-00144 XAPI-00145',
    title: 'PUT stores under its statementId and answers 204; without one it is refused',
    check: async (lrs) => {
      const statementId = randomUUID();
      const put = await lrs.send('PUT', '/statements', { query: { statementId }, body: st() });
      expect([put.status, put.text, (await lrs.read(statementId))['id']]).toEqual([204, '', statementId]);
      expect((await lrs.send('PUT', '/statements', { body: st() })).status).toBe(400);
      expect((await lrs.send('PUT', '/statements', { query: { statementId: 'x' }, body: st() })).status).toBe(400);
    },
  },
  {
    ids: 'XAPI-00142',
    title: 'an id that is known changes nothing, whether the statement is the same or not',
    check: async (lrs) => {
      const id = randomUUID();
      await lrs.store(st({ id }));
      const before = (await lrs.get({ statementId: id })).text;
      const put = (more: Json) =>
        lrs.send('PUT', '/statements', { query: { statementId: id }, body: st({ id, ...more }) });
      expect([(await put({})).status, (await put({ result: { success: true } })).status]).toEqual([204, 409]);
      expect((await lrs.send('POST', '/statements', { body: [st({ id, verb: VERB })] })).status).toBe(409);
      expect((await lrs.get({ statementId: id })).text).toBe(before);
    },
  },
  {
    ids: 'XAPI-00146 XAPI-00147',
    title: 'POST answers 200 and the ids in their order',
    check: async (lrs) => {
      const ids = [randomUUID(), randomUUID(), randomUUID()];
      const { status, text } = await lrs.send('POST', '/statements', { body: ids.map((id) => st({ id })) });
      expect([status, JSON.parse(text)]).toEqual([200, ids]);
    },
  },
  {
    ids: '9274-4.1.6.1-a',
    title: 'an id twice in a batch is 400',
    only: '2.0.0',
    check: async (lrs) => {
      const id = randomUUID();
      expect((await lrs.send('POST', '/statements', { body: [st({ id }), st({ id })] })).status).toBe(400);
    },
  },
  judges(
    '9274-4.2.4.1-a',
    'a timestamp may be in the future',
    { good: [st({ timestamp: '2199-01-01T00:00:00Z' })] },
    '2.0.0',
  ),
  judges('9274-4.2.4.1-b', 'what is voided need not be there', { good: [voiding(randomUUID())] }, '2.0.0'),
  {
    ids: '9274-4.2.7-b 9274-4.2.7-c',
    title: 'durations beyond 0.01 s are taken, kept, and compared without what is beyond',
    only: '2.0.0',
    check: async (lrs) => {
      const id = randomUUID();
      await lrs.store({ id, ...withResult({ duration: 'PT1.2345S' }) });
      expect(await lrs.read(id)).toMatchObject({ result: { duration: 'PT1.2345S' } });
      const again = (duration: string) =>
        lrs.send('PUT', '/statements', { query: { statementId: id }, body: withResult({ duration }) });
      expect([(await again('PT1.2399S')).status, (await again('PT1.24S')).status]).toEqual([204, 409]);
    },
  },
];

const voidingCases: RequirementCase[] = [
  {
    ids: 'XAPI-00016',
    title: 'a voiding statement is not voided',
    check: async (lrs) => {
      const first = await lrs.store(voiding(randomUUID()));
      await lrs.store(voiding(first));
      expect((await lrs.get({ statementId: first })).status).toBe(200);
      expect((await lrs.get({ voidedStatementId: first })).status).toBe(404);
    },
  },
  judges('XAPI-00017 XAPI-00019 XAPI-00020', 'what is voided is a StatementRef', {
    good: [voiding(randomUUID())],
    bad: [ACTIVITY, { objectType: 'Agent', ...MAN }, sub(), { id: randomUUID() }, { objectType: 'StatementRef' }].map(
      (object) => st({ verb: VOIDED, object }),
    ),
  }),
  {
    ids: 'XAPI-00018 XAPI-00155 XAPI-00157 XAPI-00163',
    title: 'a voided statement is served by voidedStatementId only, whichever came first, also from one batch',
    check: async (lrs) => {
      for (const order of ['after', 'before', 'together'] as const) {
        const { registration, statement } = registered();
        const id = randomUUID();
        const both = [{ id, ...statement }, voiding(id)];
        if (order === 'together') await lrs.send('POST', '/statements', { body: both });
        else for (const one of order === 'after' ? both : both.reverse()) await lrs.store(one);
        expect([order, (await lrs.get({ statementId: id })).status]).toEqual([order, 404]);
        expect((await lrs.get({ voidedStatementId: id })).json).toMatchObject({ id });
        expect(await lrs.idsOf({ registration })).not.toContain(id);
      }
    },
  },
  {
    ids: 'XAPI-00162',
    title: 'what refers to a voided statement is found by it, recursively',
    check: async (lrs) => {
      const { registration, statement } = registered();
      const id = await lrs.store(statement);
      const voided = await lrs.store(voiding(id));
      const about = await lrs.store(withObject({ objectType: 'StatementRef', id }));
      const further = await lrs.store(withObject({ objectType: 'StatementRef', id: about }));
      expect((await lrs.idsOf({ registration })).sort()).toEqual([voided, about, further].sort());
    },
  },
];

export const statementStorage: RequirementCase[] = [...storing, ...voidingCases];
