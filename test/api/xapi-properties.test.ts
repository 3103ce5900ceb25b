/** Random statements against plain rules: what is sent comes back, and what is voided is so whatever comes first. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { elementsOf, membersOf, wholeOf } from '../../modules/lrs/xapi/json-text.js';
import { jsonText } from '../support/json-texts.js';
import { World } from '../support/random-statements.js';
import { idOf, list, minimalStatement, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const VERSIONS = ['1.0.3', '2.0.0'] as const;
const VOIDED = { id: 'http://adlnet.gov/expapi/verbs/voided' };

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const send = (version: string, method: string, options: Parameters<typeof xapi>[3]) =>
  xapi(app, method, '/statements', { ...options, headers: { 'x-experience-api-version': version } });

/** The text of a statement that has any JSON at all among its extensions. */
const statementText = (world: World) =>
  fc.tuple(world.statement(), jsonText, jsonText).map(([{ context, ...statement }, one, other]) =>
    JSON.stringify({
      ...statement,
      id: randomUUID(),
      context: { ...(context as Json), extensions: '<one>' },
    }).replace('"<one>"', () => `{"urn:one":${one}, "urn:\\u006fther" : ${other} }`),
  );

/** Names and values as they are written. */
const membersIn = (text: string) =>
  membersOf(text, wholeOf(text)).map(({ name, value }): [string, string] => [name, text.slice(value.start, value.end)]);

describe.each(VERSIONS)('xAPI %s: random statements', (version) => {
  it('come back character by character, with what the LRS sets on them after it, alone and in lists', async () => {
    const world = new World();
    await fc.assert(
      fc.asyncProperty(fc.array(statementText(world), { minLength: 1, maxLength: 20 }), async (texts) => {
        const posted = await send(version, 'POST', { body: `[${texts.join(' ,\n')}]` });
        expect([posted.status, posted.text]).toEqual([
          200,
          JSON.stringify(texts.map((text) => idOf(JSON.parse(text) as Json))),
        ]);
        const page = await send(version, 'GET', { query: { limit: String(texts.length) } });
        const listed = elementsOf(page.text, page.text.indexOf('[')).map(({ start, end }) =>
          page.text.slice(start, end),
        );
        for (const [index, text] of texts.entries()) {
          const { text: single } = await send(version, 'GET', {
            query: { statementId: idOf(JSON.parse(text) as Json) },
          });
          expect(single.startsWith(`${text.slice(0, -1)},`)).toBe(true);
          const added = membersIn(single).slice(membersIn(text).length);
          expect(added.map(([name]) => name)).toEqual(['version', 'stored', 'authority']);
          expect(listed[texts.length - 1 - index]).toBe(single);
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('are taken again without a change, and refused when one digit of one number differs', async () => {
    const text = (number: string, id: string) =>
      JSON.stringify(minimalStatement({ id })).replace(/}$/, `,"result":{"extensions":{"urn:x":[${number}]}}}`);
    for (const [stored, same, other] of [
      ['12345678901234567890.123', '1234567890123456789012.30e-2', '12345678901234567890.124'],
      ['1e400', '10.0E+399', '1e401'],
      ['-0.0', '0', '1e-400'],
      ['0.1', '1e-1', '0.10000000000000000001'],
    ] as const) {
      const id = randomUUID();
      const statuses = [];
      for (const number of [stored, stored, same, other])
        statuses.push((await send(version, 'POST', { body: text(number, id) })).status);
      expect([stored, statuses]).toEqual([stored, [200, 200, 200, 409]]);
      expect((await send(version, 'GET', { query: { statementId: id } })).text).toContain(`[${stored}]`);
    }
  });
});

interface Voiding {
  readonly statement: Json;
  readonly voids: string | undefined;
}

/** Statements of which many void others, or void what voids, or what is never there; in any order, in any batches. */
function anyVoidings(): fc.Arbitrary<{
  all: readonly Voiding[];
  cuts: readonly number[];
  versions: readonly string[];
}> {
  const targets = fc.array(fc.option(fc.nat({ max: 13 }), { nil: undefined }), { minLength: 4, maxLength: 12 });
  return fc.record({
    all: targets.chain((wanted) => {
      const ids = Array.from({ length: 14 }, () => randomUUID());
      const all = wanted.map((target, index): Voiding => {
        const id = ids[index]!;
        if (target === undefined || target === index) return { statement: minimalStatement({ id }), voids: undefined };
        const object = { objectType: 'StatementRef', id: ids[target]! };
        return { statement: minimalStatement({ id, verb: VOIDED, object }), voids: ids[target]! };
      });
      return fc.shuffledSubarray(all, { minLength: all.length });
    }),
    cuts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 12, maxLength: 12 }),
    versions: fc.array(fc.constantFrom(...VERSIONS), { minLength: 12, maxLength: 12 }),
  });
}

describe('xAPI 1.0.3 Data 2.3.2, IEEE 9274.1.1 4.2.5: voiding', () => {
  it('takes what another names and no other, whichever comes first, in one batch or in several, of both versions', async () => {
    await fc.assert(
      fc.asyncProperty(anyVoidings(), async ({ all, cuts, versions }) => {
        const mark = `http://example.com/verbs/${randomUUID()}`;
        const marked = all.map((one) =>
          one.voids === undefined ? { ...one, statement: { ...one.statement, verb: { id: mark } } } : one,
        );
        let sent = 0;
        for (const [batch, cut] of cuts.entries()) {
          const body = marked.slice(sent, (sent += cut)).map(({ statement }) => statement);
          if (body.length > 0) expect((await send(versions[batch]!, 'POST', { body })).status).toBe(200);
        }
        const voided = new Set(marked.map(({ voids }) => voids));
        for (const { statement, voids } of marked) {
          const gone = voids === undefined && voided.has(idOf(statement));
          const alive = await send('1.0.3', 'GET', { query: { statementId: idOf(statement) } });
          const dead = await send('2.0.0', 'GET', { query: { voidedStatementId: idOf(statement) } });
          expect([alive.status, dead.status]).toEqual(gone ? [404, 200] : [200, 404]);
        }
        const plain = marked.filter(({ statement, voids }) => voids === undefined && !voided.has(idOf(statement)));
        // By their own verb, and not by what they refer to.
        const found = (await list(app, { verb: mark })).filter(({ verb }) => (verb as Json)['id'] === mark);
        expect(found.map(idOf).sort()).toEqual(plain.map(({ statement }) => idOf(statement)).sort());
      }),
      { numRuns: 25 },
    );
  }, 180_000);
});
