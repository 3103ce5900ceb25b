/** Persons: identities that are one somebody (xAPI 1.0.3 Comm 2.4). */
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { givenIn, Registry } from '../support/persons.js';
import type { PersonShown } from '../support/persons.js';
import { idOf, list, minimalStatement, post, sessionOf, PlayerVoice, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
let registry: Registry;

beforeAll(async () => {
  app = await createTestApp();
  registry = new Registry(app);
});
afterAll(() => app.close());

const newMbox = () => `mailto:${randomUUID()}@example.com`;
const newAccount = () => ({ homePage: 'https://lms.example.com', name: randomUUID() });
const sha1 = (mbox: string) => createHash('sha1').update(mbox).digest('hex');
const personIn = (answer: Json) => answer['person'] as PersonShown;

describe('Merging', () => {
  it('makes one person of identities, and notes who did it and why', async () => {
    const [mbox, account, openid] = [newMbox(), newAccount(), `https://${randomUUID()}.example.com/`];
    const { person, change } = await registry.merge([{ mbox }, { account }, { openid }], [], 'They told us.');
    const shown = person as PersonShown;
    expect(givenIn(shown.identities)).toEqual(expect.arrayContaining([{ mbox }, { account }, { openid }]));
    expect(shown.identities).toHaveLength(3);
    expect(change).toMatchObject({
      kind: 'MERGE',
      personId: shown.id,
      doneBy: { keyId: 'test-admin' },
      reason: 'They told us.',
    });
    expect(await registry.find({ agent: { openid } })).toEqual(shown);
    expect(await registry.find({ id: shown.id })).toEqual(shown);
  });

  it('changes nothing when they are one already', async () => {
    const identities = [{ mbox: newMbox() }, { account: newAccount() }];
    const first = personIn(await registry.merge(identities));
    expect(await registry.merge(identities.toReversed())).toMatchObject({ person: first, change: null });
  });

  it('joins persons that have an identity in common: the oldest stays, and the ids of all lead to it', async () => {
    const [a, b, c, d] = [newMbox(), newMbox(), newMbox(), newMbox()].map((mbox) => ({ mbox }));
    const older = await registry.merged([a!, b!]);
    const younger = await registry.merged([c!, d!]);
    const joined = personIn(await registry.merge([b!, c!]));
    expect(joined.id).toBe(older);
    expect(new Set(givenIn(joined.identities).map(({ mbox }) => mbox))).toEqual(
      new Set([a, b, c, d].map((one) => one!.mbox)),
    );
    expect(joined.changes.nodes.map(({ otherIds }) => otherIds)).toEqual([[younger], [], []]);
    expect((await registry.find({ id: younger }))!.id).toBe(older);
    // A third one, of a person that is another by now.
    const oldest = joined.id;
    const last = await registry.merged([{ mbox: newMbox() }, { mbox: newMbox() }]);
    expect(await registry.merged([], [younger, last])).toBe(oldest);
  });

  it('needs two, persons that there are, and nobody who was erased', async () => {
    const mbox = newMbox();
    const erased = { account: { homePage: 'urn:lectern:erased', name: randomUUID() } };
    expect(await registry.merge([{ mbox }])).toMatchObject({ problems: [{ code: 'TOO_FEW' }] });
    expect(await registry.merge([{ mbox }, erased])).toMatchObject({
      problems: [{ code: 'ERASED', path: ['identities', '1'] }],
    });
    expect(await registry.merge([{ mbox }], [randomUUID()])).toMatchObject({
      code: 'NOT_FOUND',
      path: ['personIds', '0'],
    });
    expect(await registry.find({ agent: { mbox } })).toBeNull();
  });

  it('takes no more identities than a filter can name', async () => {
    const hundred = (of: string) =>
      Array.from({ length: 100 }, (_, n) => ({ openid: `https://${of}-${n}.example.com/` }));
    const id = await registry.merged(hundred('a'));
    await registry.merged(hundred('b'), [id]);
    const answer = await registry.merge([{ openid: 'https://c.example.com/' }], [id]);
    expect(answer).toMatchObject({ problems: [{ code: 'TOO_MANY' }] });
    expect((await registry.find({ id }))!.identities).toHaveLength(200);
  });

  it('loses nothing when many merge at once', async () => {
    const identities = Array.from({ length: 12 }, () => ({ mbox: newMbox() }));
    await Promise.all(identities.slice(1).map((identity, index) => registry.merged([identities[index]!, identity])));
    const person = (await registry.find({ agent: identities[0]! }))!;
    expect(person.identities).toHaveLength(12);
    for (const agent of identities) expect((await registry.find({ agent }))!.id).toBe(person.id);
    expect(person.changes.totalCount).toBeGreaterThanOrEqual(11);
  });
});

describe('The SHA-1 of an mbox', () => {
  it('is the person of the mbox without anybody saying so, and brings persons together', async () => {
    const [mbox, account, openid] = [newMbox(), newAccount(), `https://${randomUUID()}.example.com/`];
    const bySum = await registry.merged([{ mboxSha1: sha1(mbox) }, { openid }]);
    const person = personIn(await registry.merge([{ mbox }, { account }]));
    expect(person.id).toBe(bySum);
    expect(person.identities).toHaveLength(4);
    expect((await registry.find({ agent: { mboxSha1: sha1(mbox).toUpperCase() } }))!.id).toBe(bySum);
  });

  it('is found, but not shown, when only the mbox was given', async () => {
    const [mbox, account] = [newMbox(), newAccount()];
    const id = await registry.merged([{ mbox }, { account }]);
    const found = (await registry.find({ agent: { mboxSha1: sha1(mbox) } }))!;
    expect([found.id, found.identities.length]).toEqual([id, 2]);
  });

  it('cannot be split off from its mbox, and goes along with it', async () => {
    const [mbox, account] = [newMbox(), newAccount()];
    const sum = { mboxSha1: sha1(mbox) };
    const id = await registry.merged([{ mbox }, { account }, sum]);
    expect(await registry.split(id, [sum])).toMatchObject({
      problems: [{ code: 'IMPLIED', path: ['identities', '0'] }],
    });
    const { splitOff } = await registry.split(id, [{ mbox }]);
    expect((await registry.find({ agent: sum }))!.id).toBe((splitOff as PersonShown).id);
  });
});

describe('Splitting', () => {
  it('makes another person of identities, in the history of both', async () => {
    const [kept, gone, alsoGone] = [newMbox(), newMbox(), newMbox()].map((mbox) => ({ mbox }));
    const id = await registry.merged([kept!, gone!, alsoGone!]);
    const { person, splitOff, change } = await registry.split(id, [gone!, alsoGone!], 'Two people share a desk.');
    expect(givenIn((person as PersonShown).identities)).toEqual([kept]);
    expect(givenIn((splitOff as PersonShown).identities)).toEqual(expect.arrayContaining([gone, alsoGone]));
    expect(change).toMatchObject({ kind: 'SPLIT', personId: id, otherIds: [(splitOff as PersonShown).id] });
    for (const shown of [person, splitOff] as PersonShown[]) {
      expect(shown.changes.nodes[0]).toMatchObject({ kind: 'SPLIT', reason: 'Two people share a desk.' });
    }
    expect((await registry.find({ agent: gone! }))!.id).not.toBe(id);
    // And the undoing can be undone.
    expect(await registry.merged([kept!, gone!])).toBe(id);
  });

  it('needs identities that the person has, and leaves it at least one', async () => {
    const [a, b] = [{ mbox: newMbox() }, { mbox: newMbox() }];
    const id = await registry.merged([a, b]);
    expect(await registry.split(id, [{ mbox: newMbox() }])).toMatchObject({
      problems: [{ code: 'NOT_OF_THE_PERSON' }],
    });
    expect(await registry.split(id, [a, b])).toMatchObject({ problems: [{ code: 'NOTHING_LEFT' }] });
    expect(await registry.split(randomUUID(), [a])).toMatchObject({ code: 'NOT_FOUND' });
    expect((await registry.find({ id }))!.identities).toHaveLength(2);
  });
});

interface PersonsPage {
  readonly persons: {
    readonly nodes: { readonly id: string }[];
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

describe('A person', () => {
  it('is listed by pages, the oldest first, without those that were merged into others', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await registry.merged([{ mbox: newMbox() }, { mbox: newMbox() }]));
    const gone = await registry.merged([{ mbox: newMbox() }, { mbox: newMbox() }]);
    await registry.merged([], [ids[2]!, gone]);
    const listed: string[] = [];
    for (let after: string | null = null; ;) {
      const { persons }: PersonsPage = await registry.ask<PersonsPage>(
        'query ($after: String) { persons(first: 2, after: $after) { nodes { id } totalCount pageInfo { hasNextPage endCursor } } }',
        {
          after,
        },
      );
      listed.push(...persons.nodes.map(({ id }) => id));
      after = persons.pageInfo.endCursor;
      if (persons.pageInfo.hasNextPage) continue;
      expect(persons.totalCount).toBe(listed.length);
      break;
    }
    expect(listed).toEqual(listed.toSorted());
    expect(listed.filter((id) => ids.includes(id))).toEqual(ids);
    expect(listed).not.toContain(gone);
  });

  it('is changed with the scope ADMIN only, and read with RECORDS_READ', async () => {
    const query = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreateApiKeySuccess { credentials } } }`;
    const { createApiKey } = await registry.ask<{ createApiKey: { credentials: string } }>(query, {
      input: { name: 'Reader', scopes: ['RECORDS_READ'] },
    });
    const reader = new Registry(app, createApiKey.credentials);
    const agent = { mbox: newMbox() };
    const id = await registry.merged([agent, { mbox: newMbox() }]);
    expect((await reader.find({ agent }))!.id).toBe(id);
    await expect(reader.merge([agent, { mbox: newMbox() }])).rejects.toThrow('FORBIDDEN');
    await expect(reader.split(id, [agent])).rejects.toThrow('FORBIDDEN');
  });
});

describe('Who asks for a person', () => {
  const [mbox, account] = [newMbox(), newAccount()];
  const other = newMbox();
  const [byMbox, bySum, byAccount, ofOther] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  let id: string;

  beforeAll(async () => {
    const activity = { id: `http://example.com/activities/${randomUUID()}` };
    const said = (actor: Json, statementId: string) =>
      minimalStatement({ id: statementId, actor, object: activity, result: { score: { scaled: 0.5 } } });
    await post(app, [
      said({ mbox, name: 'Jo' }, byMbox),
      said({ mbox_sha1sum: sha1(mbox) }, bySum),
      said({ account, name: 'Jo Doe' }, byAccount),
      said({ mbox: other }, ofOther),
    ]);
    id = await registry.merged([{ mbox }, { account }]);
  });

  const statements = async (filter: Json) => {
    const query = 'query ($filter: StatementFilter) { statements(filter: $filter, ascending: true) { nodes { id } } }';
    const { statements: found } = await registry.ask<{ statements: { nodes: Json[] } }>(query, { filter });
    return found.nodes.map(idOf);
  };
  const aggregate = async (filter: Json, groupBy: string[]) =>
    (
      await registry.ask<{ statementAggregate: Json }>(
        `query ($filter: StatementFilter, $groupBy: [StatementDimension!]) { statementAggregate(filter: $filter, groupBy: $groupBy) {
           ... on StatementAggregate { total { count distinctActors distinctPersons } groupCount
             groups { count person { mbox account { name } } } } } }`,
        { filter, groupBy },
      )
    ).statementAggregate;

  it.each([
    ['its id', () => ({ id })],
    ['its mbox', () => ({ agent: { mbox } })],
    ['its account', () => ({ agent: { account } })],
    ['the SHA-1 of its mbox', () => ({ agent: { mboxSha1: sha1(mbox) } })],
  ])('gets the statements of all identities by %s', async (_, person) => {
    expect(await statements({ persons: [person()] })).toEqual([byMbox, bySum, byAccount]);
  });

  it('gets those of an identity that is in no person, and of an mbox by its SHA-1, too', async () => {
    const alone = newMbox();
    const [first, second] = [randomUUID(), randomUUID()];
    await post(app, minimalStatement({ id: first, actor: { mbox: alone } }));
    await post(app, minimalStatement({ id: second, actor: { mbox_sha1sum: sha1(alone) } }));
    expect(await statements({ persons: [{ agent: { mbox: alone } }] })).toEqual([first, second]);
    expect(await statements({ agents: [{ mbox: alone }] })).toEqual([first]);
  });

  it('gets none for a person that there is not, and both filters hold together', async () => {
    expect(await statements({ persons: [{ id: randomUUID() }] })).toEqual([]);
    expect(await statements({ persons: [{ id }], agents: [{ account }] })).toEqual([byAccount]);
    expect(await statements({ persons: [{ id }, { agent: { mbox: other } }] })).toHaveLength(4);
  });

  it('counts the person once', async () => {
    const filter = { persons: [{ id }, { agent: { mbox: other } }] };
    const answer = await aggregate(filter, ['PERSON']);
    expect(answer['total']).toEqual({ count: 4, distinctActors: 4, distinctPersons: 2 });
    expect(answer['groups']).toEqual([
      { count: 3, person: { mbox, account: null } },
      { count: 1, person: { mbox: other, account: null } },
    ]);
    expect(await aggregate(filter, ['ACTOR'])).toMatchObject({ groupCount: 4 });
  });

  it('gets the Person with the values of all identities at /xapi/agents', async () => {
    for (const agent of [{ mbox }, { account }]) {
      const { json } = await xapi(app, 'GET', '/agents', { query: { agent: JSON.stringify(agent) } });
      expect(json).toEqual({
        objectType: 'Person',
        name: expect.arrayContaining(['Jo', 'Jo Doe']),
        mbox: [mbox],
        account: [account],
      });
      expect(json['name']).toHaveLength(2);
    }
  });

  it('gets only what the identity has said by the filter agent of xAPI', async () => {
    expect((await list(app, { agent: JSON.stringify({ account }) })).map(idOf)).toEqual([byAccount]);
    expect((await list(app, { agent: JSON.stringify({ mbox }) })).map(idOf)).toEqual([byMbox]);
  });

  it('gets learner records of all identities', async () => {
    const course = randomUUID();
    const [one, two] = [new PlayerVoice(course, account.name), new PlayerVoice(course, 'somebody-else')];
    await post(app, [...sessionOf(one), ...sessionOf(two)]);
    const query = `query ($filter: LearnerRecordFilter) { learnerRecords(filter: $filter) { totalCount nodes { registration } } }`;
    const { learnerRecords } = await registry.ask<{ learnerRecords: { totalCount: number; nodes: Json[] } }>(query, {
      filter: { person: { agent: { mbox } } },
    });
    expect(learnerRecords).toEqual({ totalCount: 1, nodes: [{ registration: one.registration }] });
  });

  it('gets less after a split; statements were never changed', async () => {
    const before = (await xapi(app, 'GET', '/statements', { query: { statementId: byAccount } })).text;
    await registry.split(id, [{ account }]);
    expect(await statements({ persons: [{ id }] })).toEqual([byMbox, bySum]);
    expect((await xapi(app, 'GET', '/statements', { query: { statementId: byAccount } })).text).toBe(before);
    const { json } = await xapi(app, 'GET', '/agents', { query: { agent: JSON.stringify({ mbox }) } });
    expect(json).toEqual({ objectType: 'Person', name: ['Jo'], mbox: [mbox] });
  });
});
