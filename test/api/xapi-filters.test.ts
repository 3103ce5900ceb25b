import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { idOf, list, minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const COUNT = 300;
const VOIDED = 'http://adlnet.gov/expapi/verbs/voided';

/** Numbers from 0 to 1 that are the same in every run. */
function* numbers(seed: string): Generator<number> {
  for (let round = 0; ; round += 1) {
    yield createHash('sha256').update(`${seed} ${round}`).digest().readUInt32BE() / 2 ** 32;
  }
}

const random = numbers('statements');
const below = (limit: number) => Math.floor((random.next().value as number) * limit);
const sometimes = (chance: number) => (random.next().value as number) < chance;

const agent = (index: number): Json =>
  [
    { mbox: `mailto:agent${index}@example.com` },
    { account: { homePage: 'http://example.com', name: `agent ${index}` } },
    { openid: `http://agent${index}.example.com/` },
    { mbox_sha1sum: createHash('sha1').update(`mailto:agent${index}@example.com`).digest('hex') },
  ][index % 4]!;
const group = (index: number): Json => ({ objectType: 'Group', member: [agent(index), agent((index + 1) % AGENTS)] });
const activity = (index: number): Json => ({ id: `http://example.com/activities/${index}` });
const verb = (index: number): string => `http://example.com/verbs/${index}`;
const AGENTS = 5;
const ACTIVITIES = 4;
const VERBS = 3;
const REGISTRATIONS = Array.from({ length: 3 }, () => randomUUID());

const anyActor = (): Json => (sometimes(0.2) ? group(below(AGENTS)) : agent(below(AGENTS)));

function anyContext(): Json {
  return {
    ...(sometimes(0.5) ? { registration: REGISTRATIONS[below(REGISTRATIONS.length)] } : {}),
    ...(sometimes(0.2) ? { instructor: anyActor() } : {}),
    ...(sometimes(0.2) ? { team: { ...group(below(AGENTS)), name: 'Team' } } : {}),
    contextActivities: {
      ...(sometimes(0.3) ? { parent: activity(below(ACTIVITIES)) } : {}),
      ...(sometimes(0.3) ? { category: [activity(below(ACTIVITIES)), activity(below(ACTIVITIES))] } : {}),
    },
  };
}

function anyBody(): Json {
  const object = sometimes(0.2) ? { objectType: 'Agent', ...agent(below(AGENTS)) } : activity(below(ACTIVITIES));
  return { actor: anyActor(), verb: { id: verb(below(VERBS)) }, object, context: anyContext() };
}

/** Half of the references go to statements that come later. */
function anyStatement(id: string, ids: readonly string[]): Json {
  const body = { ...anyBody(), id };
  if (sometimes(0.1)) return { ...body, object: { ...anyBody(), objectType: 'SubStatement' } };
  if (sometimes(0.15)) return { ...body, object: { objectType: 'StatementRef', id: ids[below(ids.length)] } };
  if (sometimes(0.03))
    return { ...body, verb: { id: VOIDED }, object: { objectType: 'StatementRef', id: ids[below(ids.length)] } };
  return body;
}

/** The filters as xAPI tells them, over a plain list. */
class Reference {
  constructor(private readonly statements: readonly Json[]) {}

  find(query: Readonly<Record<string, string>>): string[] {
    const found = this.statements.filter(
      (statement) => !this.isVoided(statement) && this.matches(statement, query, new Set()) && inTime(statement, query),
    );
    return found.map(idOf);
  }

  private isVoided(statement: Json): boolean {
    return (
      verbOf(statement) !== VOIDED &&
      this.statements.some((other) => verbOf(other) === VOIDED && part(other, 'object')['id'] === idOf(statement))
    );
  }

  private matches(statement: Json, query: Readonly<Record<string, string>>, seen: Set<string>): boolean {
    if (seen.has(idOf(statement))) return false;
    seen.add(idOf(statement));
    if (matchesItself(statement, query)) return true;
    const object = part(statement, 'object');
    const target =
      object['objectType'] === 'StatementRef'
        ? this.statements.find((other) => idOf(other) === object['id'])
        : undefined;
    return target !== undefined && this.matches(target, query, seen);
  }
}

const part = (value: Json, name: string): Json => (value[name] ?? {}) as Json;
const verbOf = (statement: Json) => part(statement, 'verb')['id'];

function inTime(statement: Json, { since, until }: Readonly<Record<string, string>>): boolean {
  const stored = statement['stored'] as string;
  return (since === undefined || stored > since) && (until === undefined || stored <= until);
}

function matchesItself(statement: Json, query: Readonly<Record<string, string>>): boolean {
  const { agent: wanted, activity: id, verb: wantedVerb, registration } = query;
  if (wantedVerb !== undefined && verbOf(statement) !== wantedVerb) return false;
  if (registration !== undefined && part(statement, 'context')['registration'] !== registration) return false;
  if (
    wanted !== undefined &&
    !agentsOf(statement, query['related_agents'] === 'true').includes(canonical(JSON.parse(wanted) as Json))
  )
    return false;
  return id === undefined || activitiesOf(statement, query['related_activities'] === 'true').includes(id);
}

const canonical = ({ mbox, account, openid, mbox_sha1sum }: Json) =>
  JSON.stringify({ mbox, account, openid, mbox_sha1sum });
const members = (actor: Json): string[] => [canonical(actor), ...((actor['member'] ?? []) as Json[]).map(canonical)];
const isActor = ({ objectType }: Json) => objectType === 'Agent' || objectType === 'Group';

function agentsOf(statement: Json, related: boolean): string[] {
  const object = part(statement, 'object');
  const narrow = [part(statement, 'actor'), ...(isActor(object) ? [object] : [])];
  const context = part(statement, 'context');
  const broad = related ? [part(statement, 'authority'), part(context, 'instructor'), part(context, 'team')] : [];
  const inner = related && object['objectType'] === 'SubStatement' ? agentsOf(object, true) : [];
  return [...[...narrow, ...broad].flatMap(members), ...inner];
}

function activitiesOf(statement: Json, related: boolean): unknown[] {
  const object = part(statement, 'object');
  const narrow = object['objectType'] === undefined ? [object['id']] : [];
  if (!related) return narrow;
  const inContext = Object.values(part(part(statement, 'context'), 'contextActivities')).flat() as Json[];
  const inner = object['objectType'] === 'SubStatement' ? activitiesOf(object, true) : [];
  return [...narrow, ...inContext.map(({ id }) => id), ...inner];
}

let app: TestApp;
let stored: Json[];
let reference: Reference;

beforeAll(async () => {
  app = await createTestApp();
  const ids = Array.from({ length: COUNT }, () => randomUUID());
  for (let sent = 0; sent < COUNT;) {
    const size = 1 + below(12);
    await post(
      app,
      ids.slice(sent, sent + size).map((id) => anyStatement(id, ids)),
    );
    sent += size;
  }
  const exact = await Promise.all(ids.map((id) => stateOf(id)));
  stored = exact.sort((one, other) => ((one['stored'] as string) < (other['stored'] as string) ? -1 : 1));
  reference = new Reference(stored);
}, 60_000);
afterAll(() => app.close());

async function stateOf(id: string): Promise<Json> {
  const valid = await xapi(app, 'GET', '/statements', { query: { statementId: id } });
  return valid.status === 200
    ? valid.json
    : (await xapi(app, 'GET', '/statements', { query: { voidedStatementId: id } })).json;
}

describe('xAPI 1.0.3 Comm 2.1.3, filters find what a plain search of all statements finds', () => {
  const choices = {
    agent: () => JSON.stringify(agent(below(AGENTS))),
    verb: () => (sometimes(0.1) ? VOIDED : verb(below(VERBS))),
    activity: () => activity(below(ACTIVITIES))['id'] as string,
    registration: () => REGISTRATIONS[below(REGISTRATIONS.length)]!,
    related_agents: () => String(sometimes(0.5)),
    related_activities: () => String(sometimes(0.5)),
    since: () => stored[below(COUNT)]!['stored'] as string,
    until: () => stored[below(COUNT)]!['stored'] as string,
    limit: () => String(1 + below(20)),
    ascending: () => String(sometimes(0.5)),
  };

  it('for 120 random combinations, page by page, in the right order', async () => {
    let hits = 0;
    for (let round = 0; round < 120; round += 1) {
      const names = Object.keys(choices).filter(() => sometimes(0.25)) as (keyof typeof choices)[];
      const query = Object.fromEntries(names.map((name) => [name, choices[name]()]));
      const found = await list(app, query);
      const expected = reference.find(query);
      expect({ query, ids: found.map(idOf).sort() }).toEqual({ query, ids: [...expected].sort() });
      const times = found.map((statement) => statement['stored'] as string);
      expect(times).toEqual(query['ascending'] === 'true' ? [...times].sort() : [...times].sort().reverse());
      hits += found.length;
    }
    expect(hits).toBeGreaterThan(1_000);
  }, 120_000);

  it('by the authority with related_agents only', async () => {
    const authority = JSON.stringify(stored[0]!['authority']);
    expect(await list(app, { agent: authority })).toEqual([]);
    expect(await list(app, { agent: authority, related_agents: 'true' })).toHaveLength(reference.find({}).length);
  });

  it('since is exclusive and until inclusive, to the millisecond and in any zone (Comm 2.1.3)', async () => {
    const instant = stored[Math.floor(COUNT / 2)]!['stored'] as string;
    const zoned = `${new Date(Date.parse(instant) + 5.5 * 3_600_000).toISOString().slice(0, -1)}+05:30`;
    const valid = new Set(reference.find({}));
    const inUntil = stored.filter(
      (statement) => (statement['stored'] as string) <= instant && valid.has(idOf(statement)),
    );
    expect((await list(app, { until: zoned })).map(idOf).sort()).toEqual(inUntil.map(idOf).sort());
    expect(await list(app, { since: zoned })).toHaveLength(valid.size - inUntil.length);
  });
});

describe('times out of reach', () => {
  it('are before or after everything', async () => {
    const query = (name: string, value: string) => xapi(app, 'GET', '/statements', { query: { [name]: value } });
    expect((await query('since', '9999-12-31T23:59:59Z')).json['statements']).toEqual([]);
    expect((await query('until', '0001-01-01T00:00:00Z')).json['statements']).toEqual([]);
    expect((await query('since', '0001-01-01T00:00:00Z')).json['statements']).not.toEqual([]);
    expect((await query('until', '9999-12-31T23:59:59Z')).json['statements']).not.toEqual([]);
  });
});

describe('pages', () => {
  it('are stable while statements are added, ascending and descending', async () => {
    const mark = `http://example.com/marks/${randomUUID()}`;
    const marked = () => minimalStatement({ id: randomUUID(), object: { id: mark } });
    const first = Array.from({ length: 10 }, marked);
    await post(app, first);
    for (const ascending of ['true', 'false']) {
      const before = (await list(app, { activity: mark })).length;
      const seen: string[] = [];
      let search = new URLSearchParams({ activity: mark, limit: '3', ascending }).toString();
      while (search !== '') {
        const { json } = await xapi(app, 'GET', '/statements', { query: search });
        seen.push(...(json['statements'] as Json[]).map(idOf));
        if (seen.length <= 6) await post(app, marked());
        search = (json['more'] as string).split('?')[1] ?? '';
      }
      expect(new Set(seen).size).toBe(seen.length);
      for (const { id } of first as { id: string }[]) expect(seen).toContain(id);
      expect(seen).toHaveLength(ascending === 'true' ? before + 2 : before);
    }
  });

  it('hold as many as the service allows with limit=0, and say so by more', async () => {
    const mark = `http://example.com/marks/${randomUUID()}`;
    await post(
      app,
      Array.from({ length: 501 }, () => minimalStatement({ object: { id: mark } })),
    );
    for (const limit of ['0', '1000']) {
      const { json } = await xapi(app, 'GET', '/statements', { query: { activity: mark, limit } });
      expect(json['statements']).toHaveLength(500);
      expect(json['more']).not.toBe('');
    }
    expect(await list(app, { activity: mark })).toHaveLength(501);
  });

  it('end with an empty more, also when nothing matches', async () => {
    const { status, json } = await xapi(app, 'GET', '/statements', { query: { verb: 'http://example.com/never' } });
    expect([status, json]).toEqual([200, { statements: [], more: '' }]);
  });
});
