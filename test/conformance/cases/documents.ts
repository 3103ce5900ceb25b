/** State, agent profiles, activity profiles: what they have in common is written once, with the numbers of each. */
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { addressIn, KINDS, NEW, requests, statusOf } from '../document-kinds.js';
import type { Kind } from '../document-kinds.js';
import type { Lrs, Query, RequirementCase } from '../lrs.js';

type Method = 'PUT' | 'POST' | 'GET' | 'DELETE';
const METHODS: readonly Method[] = ['PUT', 'POST', 'GET', 'DELETE'];
const tryWith = (lrs: Lrs, kind: Kind, method: Method, query: Query | string) =>
  statusOf(
    lrs.send(method, kind.path, {
      query,
      ...(method === 'PUT' || method === 'POST' ? { body: {}, headers: NEW } : {}),
    }),
  );
const withoutName = (query: Query, name: string): Query =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name));

/** A request with one wrong parameter is refused; the same with a right one is not. */
function refuses(
  ids: string,
  kind: Kind,
  methods: readonly Method[],
  title: string,
  wrong: (right: Query) => (Query | string)[],
): RequirementCase {
  return {
    ids,
    title: `${kind.name}: ${methods.join(', ')}: ${title}`,
    check: async (lrs) => {
      for (const method of methods) {
        const right = addressIn(kind);
        for (const query of wrong(right))
          expect([query, await tryWith(lrs, kind, method, query)]).toEqual([query, 400]);
        expect(await tryWith(lrs, kind, method, right)).toBe(method === 'GET' ? 404 : 204);
      }
    },
  };
}

const NO_AGENTS = ['x', '{', '{}', '[]', 'null', '"x"', '{"mbox":"x"}', '{"objectType":"Activity","id":"urn:x"}'];
const missing = (name: string) => (right: Query) => [withoutName(right, name)];
const badAgents = (right: Query) => NO_AGENTS.map((agent) => ({ ...right, agent }));
const twice = (name: string) => (right: Query) => [`${new URLSearchParams(right).toString()}&${name}=other`];

/** Numbers in the order of METHODS; 0 where there is none. */
const perMethod = (
  kind: Kind,
  numbers: readonly number[],
  title: string,
  wrong: (right: Query) => (Query | string)[],
) =>
  METHODS.flatMap((method, index) => {
    const number = numbers[index];
    return number ? [refuses(`XAPI-00${number}`, kind, [method], title, wrong)] : [];
  });

interface Numbers {
  readonly there: string;
  readonly merges: string;
  readonly otherType: string;
  readonly noObject: string;
  readonly broken: string;
  readonly made: string;
  readonly one: string;
  readonly ids: string;
  readonly since: string;
  readonly badSince: string;
  readonly deleted: string;
}

function shared(kind: Kind, numbers: Numbers): RequirementCase[] {
  const title = (text: string) => `${kind.name}: ${text}`;
  return [
    {
      ids: numbers.there,
      title: title('PUT, POST and DELETE answer 204 without a body, GET 200'),
      check: async (lrs) => {
        const { put, post, get, delete: remove } = requests(lrs, kind);
        const query = addressIn(kind);
        const stored = await put(query, { a: 1 });
        expect([stored.status, stored.text]).toEqual([204, '']);
        expect(await statusOf(post(query, { b: 2 }))).toBe(204);
        expect((await get(query)).status).toBe(200);
        expect(await statusOf(remove(query))).toBe(204);
        expect(await statusOf(get(query))).toBe(404);
      },
    },
    {
      ids: numbers.merges,
      title: title('POST merges the top level'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        await put(query, { a: { x: 1, y: 2 }, b: 1, list: [1] });
        expect(await statusOf(post(query, { a: { z: 3 }, c: null, list: [] }))).toBe(204);
        expect((await get(query)).json).toEqual({ a: { z: 3 }, b: 1, c: null, list: [] });
      },
    },
    {
      ids: numbers.otherType,
      title: title('POST of or onto another type is refused and changes nothing'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const [json, text] = [addressIn(kind), addressIn(kind)];
        await put(json, { a: 1 });
        await put(text, '{"a":1}', { ...NEW, 'content-type': 'text/plain' });
        expect(await statusOf(post(json, '{"b":1}', { 'content-type': 'text/plain' }))).toBe(400);
        expect(await statusOf(post(text, { b: 1 }))).toBe(400);
        expect([(await get(json)).text, (await get(text)).text]).toEqual(['{"a":1}', '{"a":1}']);
      },
    },
    {
      ids: numbers.noObject,
      title: title('POST of or onto JSON that is no object is refused and changes nothing'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const [object, list] = [addressIn(kind), addressIn(kind)];
        await put(object, { a: 1 });
        await put(list, [1]);
        for (const body of ['[1]', '5', '"x"', 'null']) expect(await statusOf(post(object, body))).toBe(400);
        expect(await statusOf(post(list, { b: 1 }))).toBe(400);
        expect([(await get(object)).text, (await get(list)).text]).toEqual(['{"a":1}', '[1]']);
      },
    },
    {
      ids: numbers.broken,
      title: title('POST of broken JSON is refused'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        for (const body of ['{"a":', '{a:1}', 'x=1']) expect(await statusOf(post(query, body))).toBe(400);
        expect(await statusOf(get(query))).toBe(404);
        await put(query, { a: 1 });
        for (const body of ['{"a":', '{a:1}', 'x=1']) expect(await statusOf(post(query, body))).toBe(400);
      },
    },
    {
      ids: numbers.made,
      title: title('POST makes a document that is not there'),
      check: async (lrs) => {
        const { post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        expect(await statusOf(post(query, { a: 1 }))).toBe(204);
        expect((await get(query)).json).toEqual({ a: 1 });
      },
    },
    {
      ids: numbers.one,
      title: title('GET of a document gives its bytes, type, ETag and time'),
      check: async (lrs) => {
        const { put, get } = requests(lrs, kind);
        const query = addressIn(kind);
        const body = '{ "b":1.0, "a":"\\u00e9 ü" }';
        await put(query, body, { ...NEW, 'content-type': 'application/json; charset=utf-8' });
        const { status, text, headers } = await get(query);
        expect([status, text, headers.get('content-type')]).toEqual([200, body, 'application/json; charset=utf-8']);
        expect(headers.get('etag')).toMatch(/^"[^"]+"$/);
        expect(Math.abs(Date.parse(headers.get('last-modified')!) - Date.now())).toBeLessThan(60_000);
      },
    },
    {
      ids: numbers.ids,
      title: title('GET without an id lists the ids of that place'),
      check: async (lrs) => {
        const { put, get } = requests(lrs, kind);
        const place = kind.place();
        expect((await get(place)).json).toEqual([]);
        await put(addressIn(kind, place, 'one'), {});
        await put(addressIn(kind, place, 'zwei ü'), {});
        await put(addressIn(kind), {});
        expect([...((await get(place)).json as unknown as string[])].sort()).toEqual(['one', 'zwei ü']);
      },
    },
    {
      ids: numbers.since,
      title: title('since lists what was stored later'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const place = kind.place();
        await put(addressIn(kind, place, 'old'), {});
        await new Promise((done) => setTimeout(done, 20));
        const since = new Date().toISOString();
        await new Promise((done) => setTimeout(done, 20));
        await put(addressIn(kind, place, 'new'), {});
        expect((await get({ ...place, since })).json).toEqual(['new']);
        await post(addressIn(kind, place, 'old'), { a: 1 });
        expect([...((await get({ ...place, since })).json as unknown as string[])].sort()).toEqual(['new', 'old']);
      },
    },
    {
      ids: numbers.badSince,
      title: title('since is a timestamp'),
      check: async (lrs) => {
        for (const since of ['x', '', '2026-02-30T00:00:00Z', '2026-01-01T00:00:00-00:00']) {
          expect(await statusOf(requests(lrs, kind).get({ ...kind.place(), since }))).toBe(400);
        }
      },
    },
    {
      ids: numbers.deleted,
      title: title('DELETE deletes that document and no other'),
      check: async (lrs) => {
        const { put, get, delete: remove } = requests(lrs, kind);
        const place = kind.place();
        await put(addressIn(kind, place, 'one'), {});
        await put(addressIn(kind, place, 'two'), {});
        expect(await statusOf(remove(addressIn(kind, place, 'one')))).toBe(204);
        expect((await get(place)).json).toEqual(['two']);
      },
    },
    {
      ids: 'XAPI-00182 XAPI-00183 XAPI-00184',
      title: title('what is refused changes nothing'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        await put(query, { a: { b: 1, c: 2 } });
        const before = await get(query);
        expect(await statusOf(put(query, { x: 1 }, { 'if-match': '"0"' }))).toBe(412);
        expect(await statusOf(put(query, { x: 1 }, NEW))).toBe(412);
        expect(await statusOf(post(query, '[]'))).toBe(400);
        const after = await get(query);
        expect([after.text, after.headers.get('etag')]).toEqual([before.text, before.headers.get('etag')]);
        await post(query, { a: { d: 1 } });
        expect((await get(query)).json).toEqual({ a: { d: 1 } });
      },
    },
  ];
}

const { state, agent, activity } = KINDS;
const badRegistrations = (right: Query) => ['x', '', '123'].map((registration) => ({ ...right, registration }));

export const documents: RequirementCase[] = [
  ...shared(state, {
    there: 'XAPI-00187 XAPI-00188 XAPI-00189 XAPI-00190 XAPI-00230 XAPI-00231',
    merges: 'XAPI-00234',
    otherType: 'XAPI-00232',
    noObject: 'XAPI-00229',
    broken: 'XAPI-00235',
    made: 'XAPI-00233',
    one: 'XAPI-00192 XAPI-00217',
    ids: 'XAPI-00193',
    since: 'XAPI-00195 XAPI-00221',
    badSince: 'XAPI-00204',
    deleted: 'XAPI-00191 XAPI-00216',
  }),
  ...shared(agent, {
    there: 'XAPI-00259 XAPI-00272 XAPI-00273 XAPI-00274 XAPI-00282 XAPI-00283',
    merges: 'XAPI-00279',
    otherType: 'XAPI-00278',
    noObject: 'XAPI-00281',
    broken: 'XAPI-00284',
    made: 'XAPI-00280',
    one: 'XAPI-00269',
    ids: 'XAPI-00270',
    since: 'XAPI-00268 XAPI-00275',
    badSince: 'XAPI-00260',
    deleted: 'XAPI-00271',
  }),
  ...shared(activity, {
    there: 'XAPI-00286 XAPI-00287 XAPI-00290 XAPI-00291 XAPI-00292 XAPI-00293 XAPI-00311 XAPI-00312',
    merges: 'XAPI-00308',
    otherType: 'XAPI-00309',
    noObject: 'XAPI-00313',
    broken: 'XAPI-00314',
    made: 'XAPI-00310',
    one: 'XAPI-00288',
    ids: 'XAPI-00289',
    since: 'XAPI-00294 XAPI-00303',
    badSince: 'XAPI-00295',
    deleted: 'XAPI-00285',
  }),
  ...perMethod(state, [199, 198, 197, 196], 'agent is the JSON of an Agent', badAgents),
  ...perMethod(state, [203, 202, 201, 200], 'registration is a UUID', badRegistrations),
  ...perMethod(state, [210, 209, 208, 207], 'activityId is required, and an IRI', (right) => [
    withoutName(right, 'activityId'),
    { ...right, activityId: 'x' },
  ]),
  ...perMethod(state, [215, 214, 213, 212], 'agent is required', missing('agent')),
  ...perMethod(state, [206, 211], 'stateId is required', missing('stateId')),
  ...perMethod(state, [228, 226, 225, 224], 'stateId is there once', twice('stateId')),
  ...perMethod(agent, [257, 256, 258, 255], 'agent is the JSON of an Agent', badAgents),
  ...perMethod(agent, [264, 263, 261, 262], 'agent is required', missing('agent')),
  ...perMethod(agent, [267, 266, 0, 265], 'profileId is required', missing('profileId')),
  ...perMethod(agent, [277, 276], 'profileId is there once', twice('profileId')),
  ...perMethod(activity, [299, 298, 296, 297], 'activityId is required, and an IRI', (right) => [
    withoutName(right, 'activityId'),
    { ...right, activityId: 'x' },
  ]),
  ...perMethod(activity, [302, 301, 0, 300], 'profileId is required', missing('profileId')),
  ...perMethod(activity, [307, 306, 0, 305], 'profileId is there once', twice('profileId')),
  {
    ids: 'XAPI-00194 XAPI-00218 XAPI-00219 XAPI-00220 XAPI-00227',
    title: 'state: a registration is a place of its own; DELETE without stateId deletes all of it',
    check: async (lrs) => {
      const { put, post, get, delete: remove } = requests(lrs, state);
      const place = state.place();
      const registered = { ...place, registration: randomUUID() };
      await put(addressIn(state, place, 'plain'), { a: 1 });
      await put(addressIn(state, registered, 'one'), { a: 2 });
      await post(addressIn(state, registered, 'two'), { a: 3 });
      expect((await get(addressIn(state, registered, 'one'))).json).toEqual({ a: 2 });
      expect(await statusOf(get(addressIn(state, place, 'one')))).toBe(404);
      expect(await statusOf(remove(registered))).toBe(204);
      expect((await get(registered)).json).toEqual([]);
      expect(await statusOf(get(addressIn(state, place, 'plain')))).toBe(200);
    },
  },
];
