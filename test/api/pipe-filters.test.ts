import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AUTH, caughtUp, PipeWorkshop, statement, to, voidingOf } from '../support/pipes.js';
import { idOf } from '../support/statements.js';
import type { Json } from '../support/statements.js';

jest.setTimeout(60_000);

describe('pipes', () => {
  let workshop: PipeWorkshop;
  beforeAll(async () => {
    workshop = await PipeWorkshop.open();
  });
  afterEach(() => workshop.tidy());
  afterAll(() => workshop.close());

  const targetLrs = () => workshop.targetLrs();
  const organization = () => workshop.organization();

  describe('let through', () => {
    const [passed, failed] = ['http://example.com/passed', 'http://example.com/failed'];
    const registration = randomUUID();
    const courseId = randomUUID();
    const about = (id: string, type?: string) => ({ object: { id, ...(type ? { definition: { type } } : {}) } });
    const under = (id: string) => ({ context: { contextActivities: { grouping: [{ id }] } } });
    const by = (name: string) => ({ actor: { account: { homePage: 'https://lms.example.com', name } } });

    const cases: readonly [name: string, filter: Json, passing: readonly Json[], others: readonly Json[]][] = [
      ['a verb', { verbs: [passed, failed] }, [{ verb: { id: passed } }, { verb: { id: failed } }], [{}]],
      [
        'an activity',
        { activities: [{ id: 'http://example.com/a' }] },
        [about('http://example.com/a')],
        [about('http://example.com/a/1'), under('http://example.com/a')],
      ],
      [
        'activities whose ids begin alike, in every place',
        { activities: [{ id: 'http://example.com/a', prefix: true, related: true }] },
        [about('http://example.com/a/1'), under('http://example.com/a')],
        [about('http://example.com/b')],
      ],
      ['a type', { activityTypes: ['http://e.com/t'] }, [about('http://e.com/a', 'http://e.com/t')], [{}]],
      [
        'an agent',
        { agents: [{ agent: { account: { homePage: 'https://lms.example.com', name: 'ada' } } }] },
        [by('ada')],
        [by('bob'), { context: { instructor: by('ada').actor } }],
      ],
      [
        'an agent in every place',
        { agents: [{ agent: { account: { homePage: 'https://lms.example.com', name: 'ada' } }, related: true }] },
        [by('ada'), { context: { instructor: by('ada').actor } }],
        [by('bob')],
      ],
      [
        'a registration',
        { registrations: [registration.toUpperCase()] },
        [{ context: { registration } }],
        [{ context: { registration: randomUUID() } }],
      ],
      [
        'a course and its elements',
        { courseIds: [courseId] },
        [about(`urn:lectern:course:${courseId}`), about(`urn:lectern:course:${courseId}:element:${randomUUID()}`)],
        [about(`urn:lectern:course:${randomUUID()}`)],
      ],
      [
        'only what all parts of the filter let through',
        { verbs: [passed], registrations: [registration] },
        [{ verb: { id: passed }, context: { registration } }],
        [{ verb: { id: passed } }, { context: { registration } }],
      ],
      ['nothing of before a time', { since: new Date(Date.now() + 3_600_000) }, [], [{}]],
    ];

    it.each(cases)('%s', async (_, filter, passing, others) => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const wanted = passing.map(statement);
      const end = await send(...others.map(statement), ...wanted, ...others.map(statement));
      const { id } = await pipes.lay({ ...to(target), filter });
      const { status } = await pipes.until(id, caughtUp);
      expect(target.ids).toEqual(wanted.map(idOf));
      expect(status).toMatchObject({ delivered: wanted.length, lagStatements: 0 });
      expect(end).toHaveLength(wanted.length + 2 * others.length);
    });

    it.each<[string, Json, string]>([
      ['a verb that no statement can have', { verbs: ['passed'] }, 'MATCHES'],
      ['an empty list', { activities: [] }, 'ARRAY_MIN_SIZE'],
      ['201 types', { activityTypes: Array.from({ length: 201 }, () => 'http://example.com/t') }, 'ARRAY_MAX_SIZE'],
      ['a course whose id is no UUID', { courseIds: ['x'] }, 'IS_UUID'],
      ['an agent that is nobody', { agents: [{ agent: { openid: '' } }] }, 'IS_LENGTH'],
    ])('nothing when they are refused for %s', async (_, filter, code) => {
      const input = {
        name: 'Wrong',
        target: { xapi: { endpoint: 'https://lrs.example.com/xapi', auth: AUTH } },
        filter,
      };
      const { data } = await workshop.app.graphql<{ createPipe: Json }>(
        `mutation ($input: CreatePipeInput!) { createPipe(input: $input) {
           __typename ... on ValidationError { problems { code path } } } }`,
        { input },
      );
      const [name] = Object.keys(filter);
      const path: unknown = expect.arrayContaining(['filter', name]);
      expect(data.createPipe).toEqual({ __typename: 'ValidationError', problems: [{ code, path }] });
    });

    it('what voids a statement that they let through, wherever it stands, and no other voiding', async () => {
      const [target, { pipes, send }] = [await targetLrs(), await organization()];
      const wanted = statement({ verb: { id: passed } });
      const [voidedBefore, voidedLongBefore] = [
        statement({ verb: { id: passed } }),
        statement({ verb: { id: passed } }),
      ];
      const other = statement();
      const [early] = await send(voidingOf(idOf(voidedBefore)));
      const [veryEarly] = await send(voidingOf(idOf(voidedLongBefore)));
      await send(wanted, other, voidedBefore);
      const [late] = await send(voidingOf(idOf(wanted)));
      await send(voidingOf(idOf(other)));
      const { id } = await pipes.lay({ ...to(target), filter: { verbs: [passed] } });
      await pipes.until(id, caughtUp);
      expect(target.ids).toEqual([early, idOf(wanted), idOf(voidedBefore), late]);
      await send(voidedLongBefore);
      await pipes.until(id, ({ delivered }) => delivered === 6);
      expect(target.ids.slice(4)).toEqual([veryEarly, idOf(voidedLongBefore)]);
    });
  });
});
