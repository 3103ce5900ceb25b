/** Documents that others change meanwhile: entity tags, conditions, times; and content that is not what it says. */
import { expect } from '@jest/globals';
import { createHash } from 'node:crypto';
import { addressIn, KINDS, NEW, requests, statusOf } from '../document-kinds.js';
import type { Kind } from '../document-kinds.js';
import type { RequirementCase } from '../lrs.js';

function conditionsOf(kind: Kind): RequirementCase[] {
  const title = (text: string) => `${kind.name}: ${text}`;
  return [
    {
      ids: 'XAPI-00322',
      title: title('a document changes by its ETag only'),
      check: async (lrs) => {
        const { put, get } = requests(lrs, kind);
        const query = addressIn(kind);
        await put(query, { a: 1 });
        const etag = (await get(query)).headers.get('etag')!;
        expect(await statusOf(put(query, { a: 2 }, { 'if-match': etag }))).toBe(204);
        expect(await statusOf(put(query, { a: 3 }, { 'if-match': etag }))).toBe(412);
        const plain = await put(query, { a: 4 }, {});
        const expected = kind.name === 'state' && lrs.version === '1.0.3' ? 204 : 409;
        expect(plain.status).toBe(expected);
        expect((await get(query)).json).toEqual({ a: expected === 204 ? 4 : 2 });
        if (expected === 409) expect(plain.text).toMatch(/If-Match/);
      },
    },
    {
      ids: '9274-4.1.4-a 9274-4.1.4-b',
      title: title('PUT, POST and DELETE heed If-Match; PUT onto a document needs a condition'),
      only: '2.0.0',
      check: async (lrs) => {
        const { put, post, get, delete: remove } = requests(lrs, kind);
        const query = addressIn(kind);
        await put(query, { a: 1 });
        expect(await statusOf(put(query, { a: 2 }, {}))).toBe(409);
        expect(await statusOf(post(query, { b: 2 }, { 'if-match': '"0"' }))).toBe(412);
        expect(await statusOf(remove(query, { 'if-match': '"0"' }))).toBe(412);
        const etag = (await get(query)).headers.get('etag')!;
        expect(await statusOf(post(query, { b: 2 }, { 'if-match': etag }))).toBe(204);
        expect((await get(query)).json).toEqual({ a: 1, b: 2 });
        expect(await statusOf(remove(query, { 'if-match': (await get(query)).headers.get('etag')! }))).toBe(204);
      },
    },
    {
      ids: 'COMM-3.1-d',
      title: title('PUT and POST heed If-None-Match: *, and tags count when one of several fits'),
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        expect(await statusOf(post(query, { a: 1 }, NEW))).toBe(204);
        expect([await statusOf(post(query, { a: 2 }, NEW)), await statusOf(put(query, { a: 2 }, NEW))]).toEqual([
          412, 412,
        ]);
        expect((await get(query)).json).toEqual({ a: 1 });
        const etag = (await get(query)).headers.get('etag')!;
        expect(await statusOf(put(query, { a: 3 }, { 'if-match': `"0", ${etag}` }))).toBe(204);
        expect(await statusOf(put(query, { a: 4 }, { 'if-match': '*' }))).toBe(204);
        expect(await statusOf(put(addressIn(kind), { a: 4 }, { 'if-match': '*' }))).toBe(412);
      },
    },
    {
      ids: 'COMM-3.1-e',
      title: title('the ETag is the SHA-1 of the content, in small letters'),
      only: '1.0.3',
      check: async (lrs) => {
        const { put, get } = requests(lrs, kind);
        const [query, place] = [addressIn(kind), kind.place()];
        const sha1 = (text: string) => `"${createHash('sha1').update(text).digest('hex')}"`;
        for (const [body, conditions] of [
          ['{"a":1}', NEW],
          ['{ "a" : "ü" }', { 'if-match': sha1('{"a":1}') }],
        ] as const) {
          expect(await statusOf(put(query, body, conditions))).toBe(204);
          expect((await get(query)).headers.get('etag')).toBe(sha1(body));
        }
        const list = await get(place);
        expect(list.headers.get('etag')).toBe(sha1(list.text));
      },
    },
    {
      ids: 'COMM-3.2-e',
      title: title('what says that it is JSON is JSON; what does not is anything'),
      check: async (lrs) => {
        const { put, get } = requests(lrs, kind);
        const query = addressIn(kind);
        expect(await statusOf(put(query, '{"a":'))).toBe(400);
        expect(await statusOf(get(query))).toBe(404);
        expect(await statusOf(put(query, '{"a":', { ...NEW, 'content-type': 'text/plain' }))).toBe(204);
        expect((await get(query)).text).toBe('{"a":');
      },
    },
    {
      ids: '9274-4.1.6.2-a',
      title: title('Last-Modified moves with the document'),
      only: '2.0.0',
      check: async (lrs) => {
        const { put, post, get } = requests(lrs, kind);
        const query = addressIn(kind);
        await put(query, {});
        const modified = async () => Date.parse((await get(query)).headers.get('last-modified')!);
        const first = await modified();
        // The header has whole seconds.
        await new Promise((done) => setTimeout(done, 1_100));
        expect(await modified()).toBe(first);
        await post(query, { a: 1 });
        expect(await modified()).toBeGreaterThan(first);
        expect(await modified()).toBeLessThanOrEqual(Date.now());
      },
    },
  ];
}

export const documentConditions: RequirementCase[] = [
  ...Object.values(KINDS).flatMap(conditionsOf),
  {
    ids: '9274-4.1.4-c',
    title: 'state: DELETE of all heeds the ETag of the list',
    only: '2.0.0',
    check: async (lrs) => {
      const { put, get, delete: remove } = requests(lrs, KINDS.state);
      const place = KINDS.state.place();
      await put(addressIn(KINDS.state, place, 'one'), {});
      const etag = (await get(place)).headers.get('etag')!;
      await put(addressIn(KINDS.state, place, 'two'), {});
      expect(await statusOf(remove(place, { 'if-match': etag }))).toBe(412);
      expect((await get(place)).json).toEqual(['one', 'two']);
      expect(await statusOf(remove(place, { 'if-match': (await get(place)).headers.get('etag')! }))).toBe(204);
      expect((await get(place)).json).toEqual([]);
    },
  },
];
