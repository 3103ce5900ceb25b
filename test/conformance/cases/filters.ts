/** Whom and what the filters of lists find: in which places, and through which references. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Json } from '../../support/statements.js';
import { ACTIVITY, MAN, registered, st, sub, withContext, withObject } from '../fixtures.js';
import { finds } from '../lrs.js';
import type { Lrs, Query, RequirementCase } from '../lrs.js';

const other = { mbox: 'mailto:nobody-else@example.com' };
const asAgent = { objectType: 'Agent', ...MAN };
const groupWith = (member: Json) => ({ objectType: 'Group', member: [member] });
const by = (actor: Json, more: Json = {}) => st({ actor, ...more });
const agent = (one: Json): Query => ({ agent: JSON.stringify(one) });

/** The man in the places that the filter looks at. */
const NEAR: readonly Json[] = [
  by(MAN),
  by(groupWith(MAN)),
  by({ ...groupWith(MAN), mbox: 'mailto:team@example.com' }),
  by(other, { object: asAgent }),
  by(other, { object: groupWith(MAN) }),
];
/** The man in those that only related_agents looks at. */
const FAR: readonly Json[] = [
  by(other, { context: { instructor: MAN } }),
  by(other, { context: { instructor: groupWith(MAN) } }),
  by(other, { context: { team: groupWith(MAN) } }),
  by(other, { object: { ...sub(), actor: MAN } }),
  by(other, { object: sub({ object: asAgent }) }),
  by(other, { object: sub({ context: { instructor: MAN } }) }),
  by(other, { object: sub({ context: { team: groupWith(MAN) } }) }),
];
const CONTEXTS: readonly Json[] = [
  { contextAgents: [{ objectType: 'contextAgent', agent: MAN }] },
  { contextGroups: [{ objectType: 'contextGroup', group: groupWith(MAN) }] },
];
/** The same in those that 2.0 adds. */
const FARTHER: readonly Json[] = CONTEXTS.flatMap((context) => [
  by(other, { context }),
  by(other, { object: sub({ context }) }),
]);

const agents: RequirementCase[] = [
  finds('XAPI-00164 XAPI-00181', 'agent finds actor, object, and members of Groups there', agent(MAN), {
    found: NEAR,
    others: [by(other), ...FAR],
  }),
  finds(
    'XAPI-00176',
    'related_agents finds instructors, teams, and all of a SubStatement, too',
    { ...agent(MAN), related_agents: 'true' },
    { found: [...NEAR, ...FAR], others: [by(other)] },
  ),
  finds(
    '9274-4.1.6.1-c',
    'related_agents finds contextAgents and contextGroups, also those of a SubStatement',
    { ...agent(MAN), related_agents: 'true' },
    { found: FARTHER, others: [by(other)] },
    '2.0.0',
  ),
  finds(
    '9274-4.1.6.1-c',
    'without related_agents they are not looked at',
    agent(MAN),
    { found: [by(MAN)], others: FARTHER },
    '2.0.0',
  ),
  {
    ids: 'XAPI-00176',
    title: 'related_agents finds the authority',
    check: async (lrs) => {
      const { registration, statement } = registered();
      const id = await lrs.store(statement);
      const { account } = (await lrs.read(id))['authority'] as { account: Json };
      const query = { registration, ...agent({ account }) };
      expect(await lrs.idsOf({ ...query, related_agents: 'true' })).toEqual([id]);
      expect(await lrs.idsOf(query)).toEqual([]);
    },
  },
  ...[
    { mbox: 'mailto:somebody@example.com' },
    { mbox_sha1sum: 'ebd31e95054c018b10727ccffd2ef2ec3a016ee9' },
    { openid: 'http://somebody.example.com/' },
    { account: { homePage: 'http://example.com/accounts', name: 'somebody' } },
  ].map((one) =>
    finds('XAPI-00181', `agent finds by ${Object.keys(one)[0]!}, whatever the name`, agent({ ...one, name: 'Asked' }), {
      found: [by({ ...one, name: 'Sent' }), by({ objectType: 'Group', ...one })],
      others: [by(other), by({ account: { homePage: 'http://example.com/accounts', name: 'nobody' } })],
    }),
  ),
];

const withParent = (kind: string) => ({ contextActivities: { [kind]: [ACTIVITY] } });
const KINDS = ['parent', 'grouping', 'category', 'other'];
const RELATED: readonly Json[] = [
  ...KINDS.map((kind) => withContext(withParent(kind))),
  withObject(sub({ object: ACTIVITY })),
  ...KINDS.map((kind) => withObject(sub({ context: withParent(kind) }))),
];
const ABOUT: readonly Json[] = [withObject(ACTIVITY), withObject({ id: ACTIVITY.id })];

const activities: RequirementCase[] = [
  finds(
    'XAPI-00179 DATA-2.4.4-a',
    'activity finds the object, whether it says that it is an activity or not',
    { activity: ACTIVITY.id },
    { found: ABOUT, others: [st(), ...RELATED] },
  ),
  finds(
    'XAPI-00177',
    'related_activities finds context activities, and all of a SubStatement, too',
    { activity: ACTIVITY.id, related_activities: 'true' },
    { found: [...ABOUT, ...RELATED], others: [st()] },
  ),
];

/** One that matches, one that refers to it, one that refers to that, in this order of storage. */
async function chain(lrs: Lrs): Promise<{ registration: string; ids: string[]; times: string[] }> {
  const { registration, statement } = registered({ actor: MAN, object: ACTIVITY });
  const ids = [await lrs.store(statement)];
  const times: string[] = [];
  for (;;) {
    times.push((await lrs.read(ids.at(-1)!))['stored'] as string);
    if (ids.length === 3) return { registration, ids, times };
    await new Promise((done) => setTimeout(done, 5));
    ids.push(await lrs.store(by(other, { object: { objectType: 'StatementRef', id: ids.at(-1)! } })));
  }
}

const references: RequirementCase[] = [
  {
    ids: 'COMM-2.1.3-b',
    title: 'what refers to a match is found by every filter that the match meets, recursively',
    check: async (lrs) => {
      const { registration, ids } = await chain(lrs);
      for (const query of [{}, agent(MAN), { activity: ACTIVITY.id }, { verb: (st()['verb'] as { id: string }).id }])
        expect(await lrs.idsOf({ registration, ...query, ascending: 'true' })).toEqual(ids);
      expect(await lrs.idsOf({ registration, verb: 'http://example.com/verbs/another' })).toEqual([]);
      expect(await lrs.idsOf({ registration: randomUUID() })).toEqual([]);
    },
  },
  {
    ids: 'COMM-2.1.3-c',
    title: 'since, until and limit are those of what refers, not of what it refers to',
    check: async (lrs) => {
      const { registration, ids, times } = await chain(lrs);
      const [first, second, third] = ids as [string, string, string];
      expect(await lrs.idsOf({ registration, since: times[0]! })).toEqual([third, second]);
      expect(await lrs.idsOf({ registration, since: times[1]! })).toEqual([third]);
      expect(await lrs.idsOf({ registration, until: times[1]! })).toEqual([second, first]);
      expect(await lrs.idsOf({ registration, limit: '1' })).toEqual([third]);
      expect(await lrs.idsOf({ registration, limit: '1', ascending: 'true' })).toEqual([first]);
    },
  },
];

export const filters: RequirementCase[] = [...agents, ...activities, ...references];
