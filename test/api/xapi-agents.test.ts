import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { CatalogService } from '../../modules/lrs/catalog/catalog.service.js';
import { termKey } from '../../modules/lrs/xapi/terms.js';
import { withClient } from '../../src/platform/database/server.js';
import { minimalStatement, post, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';
import { clusterUrl } from '../support/test-database.js';

let app: TestApp;

beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const newMbox = () => `mailto:${randomUUID()}@example.com`;
const person = async (agent: Json) =>
  (await xapi(app, 'GET', '/agents', { query: { agent: JSON.stringify(agent) } })).json;

describe.each(['1.0.3', '2.0.0'])('/agents in xAPI %s', (version) => {
  const headers = { 'x-experience-api-version': version };
  const get = (query: Record<string, string>, method = 'GET') => xapi(app, method, '/agents', { query, headers });

  it.each([
    ['mbox', newMbox()],
    ['mbox_sha1sum', createHash('sha1').update('mailto:someone@example.com').digest('hex')],
    ['openid', 'https://someone.example.com/'],
    ['account', { homePage: 'https://lms.example.com', name: 'someone' }],
  ])('tells of an agent that is not known what it is asked with: %s', async (identifier, value) => {
    const answer = await get({ agent: JSON.stringify({ name: 'Someone', [identifier]: value }) });
    expect([answer.status, answer.json]).toEqual([
      200,
      { objectType: 'Person', name: ['Someone'], [identifier]: [value] },
    ]);
    expect(answer.headers.get('etag')).toBe(`"${createHash('sha1').update(answer.text).digest('hex')}"`);
  });

  it('answers HEAD like GET', async () => {
    const head = await get({ agent: JSON.stringify({ mbox: newMbox() }) }, 'HEAD');
    expect([head.status, head.text]).toEqual([200, '']);
    expect(head.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it.each([
    ['no agent', {}],
    ['an agent that is no JSON', { agent: 'someone' }],
    ['an agent without identifier', { agent: '{"name":"Someone"}' }],
    ['an agent with two identifiers', { agent: '{"mbox":"mailto:a@example.com","openid":"https://a.example.com/"}' }],
    ['a Group', { agent: '{"objectType":"Group","mbox":"mailto:a@example.com"}' }],
    ['a parameter in the wrong case', { Agent: '{"mbox":"mailto:a@example.com"}' }],
  ])('refuses %s', async (_, query: Record<string, string>) => {
    expect((await get(query)).status).toBe(400);
  });
});

describe('the names of an agent', () => {
  it('are all that statements have, wherever they have the agent', async () => {
    const mbox = newMbox();
    const named = (name: string) => ({ name, mbox });
    const group = (member: Json) => ({ objectType: 'Group', member: [member, { mbox: newMbox(), name: 'Another' }] });
    const subStatement = minimalStatement({ object: { objectType: 'Agent', ...named('In a SubStatement') } });
    await post(app, [
      minimalStatement({ actor: named('Actor') }),
      minimalStatement({ actor: group(named('Member')) }),
      minimalStatement({ object: { objectType: 'Agent', ...named('Object') } }),
      minimalStatement({ context: { instructor: named('Instructor'), team: group(named('In a team')) } }),
      minimalStatement({ object: { ...subStatement, objectType: 'SubStatement' } }),
      minimalStatement({ actor: named('Actor') }),
      minimalStatement({ actor: { mbox } }),
    ]);
    const { name, ...rest } = (await person({ mbox })) as { name: string[] };
    expect(rest).toEqual({ objectType: 'Person', mbox: [mbox] });
    expect(new Set(name)).toEqual(
      new Set(['Actor', 'Member', 'Object', 'Instructor', 'In a team', 'In a SubStatement']),
    );
    expect(name).toHaveLength(6);
  });

  it('are no names of a Group, nor of an account', async () => {
    const mbox = newMbox();
    const account = { homePage: 'https://lms.example.com', name: randomUUID() };
    await post(app, [
      minimalStatement({ actor: { objectType: 'Group', name: 'The team', mbox } }),
      minimalStatement({ actor: { account } }),
    ]);
    expect(await person({ mbox })).toEqual({ objectType: 'Person', mbox: [mbox] });
    expect(await person({ account })).toEqual({ objectType: 'Person', account: [account] });
  });

  it('may have any character', async () => {
    const mbox = newMbox();
    const name = 'Zoë \u0000 💥 "quoted" \\ \ud800';
    await post(app, JSON.stringify(minimalStatement({ actor: { name, mbox } })));
    expect((await person({ mbox }))['name']).toEqual([name]);
  });

  it('can be forgotten by other modules, and learned again', async () => {
    const [mbox, other] = [newMbox(), newMbox()];
    const statements = [
      minimalStatement({ actor: { name: 'Someone', mbox } }),
      minimalStatement({ actor: { name: 'Other', mbox: other } }),
    ];
    await post(app, statements);
    const catalog = app.app.get(CatalogService, { strict: false });
    expect(await catalog.forgetAgent(await organizationOf(app), termKey('agent', `mbox ${mbox}`))).toBe(1);
    expect(await person({ mbox })).not.toHaveProperty('name');
    expect(await person({ mbox: other })).toMatchObject({ name: ['Other'] });
    await post(app, statements);
    expect(await person({ mbox })).toMatchObject({ name: ['Someone'] });
  });

  it('go with the case of local parts, not of domains', async () => {
    const local = randomUUID();
    await post(app, minimalStatement({ actor: { name: 'Someone', mbox: `mailto:${local}@EXAMPLE.com` } }));
    expect(await person({ mbox: `mailto:${local}@example.com` })).toMatchObject({ name: ['Someone'] });
    expect(await person({ mbox: `mailto:${local.toUpperCase()}@example.com` })).not.toHaveProperty('name');
  });
});

/** Of the administrator. */
async function organizationOf({ database }: TestApp): Promise<string> {
  return withClient(clusterUrl(new URL(database.ownerUrl).pathname.slice(1)), async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT organization_id AS id FROM agent_names LIMIT 1');
    return rows[0]!.id;
  });
}
