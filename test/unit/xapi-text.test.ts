import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duplicateMember } from '../../modules/lrs/xapi/duplicate-members.js';
import { countMembers, elementsOf, isList, membersOf, wholeOf } from '../../modules/lrs/xapi/json-text.js';
import { sealStatement } from '../../modules/lrs/xapi/seal.js';
import type { Statement } from '../../modules/lrs/xapi/statement.js';
import type { XapiVersion } from '../../modules/lrs/xapi/version.js';
import { minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const SEAL = {
  id: 'e05aa883-acaf-40ad-bf54-02c8ce485fb0',
  stored: '2026-01-01T00:00:00.000Z',
  authority: '{"mbox":"mailto:lrs@example.com"}',
};
const seal = (text: string, version: XapiVersion = '1.0.3') =>
  sealStatement(text, wholeOf(text), JSON.parse(text) as Statement, { ...SEAL, version });
const anyJson = fc.tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'));

describe('places in the text of JSON', () => {
  it('are those of the elements, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(undefined, 2), (list, indent) => {
        const text = `\n ${JSON.stringify(list, null, indent)} `;
        const found = elementsOf(text).map(({ start, end }) => JSON.parse(text.slice(start, end)) as unknown);
        expect(found).toEqual(JSON.parse(JSON.stringify(list)));
      }),
    );
  });

  it('are those of the members, whatever they are called', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(undefined, 2), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        const found = membersOf(text, wholeOf(text)).map(({ name, value }) => [
          name,
          JSON.parse(text.slice(value.start, value.end)) as unknown,
        ]);
        expect(found).toEqual(Object.entries(JSON.parse(text) as Json));
      }),
    );
  });

  it('count as many members as the parsed value has', () => {
    fc.assert(
      fc.property(anyJson, ([value, indent]) => {
        const text = JSON.stringify(value, null, indent);
        expect(wholeOf(text).members).toBe(countMembers(JSON.parse(text)));
      }),
    );
  });

  it('tell how deep a text nests', () => {
    expect(wholeOf(' [{"a":"[[[["},[[]]] ')).toEqual({ start: 1, end: 20, members: 1, depth: 3 });
    expect(wholeOf('"[["').depth).toBe(0);
  });

  it('tell whether a text is a list', () => {
    expect([isList(' \n[]'), isList('{"a":[]}'), isList('"["')]).toEqual([true, false, false]);
  });
});

describe('xAPI 1.0.3 Data 2.2, each property no more than once', () => {
  it.each([
    ['{"actor":1,"verb":2,"actor":3}', ['actor']],
    ['{"a":{"b":[{"c":1},{"c":1,"\\u0063":2}]}}', ['a', 'b', '1', 'c']],
    ['{"result":{"extensions":{"urn:x":{"a":1,"a":2}}}}', undefined],
    ['{"a":{"a":{"a":[{"a":1},{"a":1}]}}}', undefined],
  ])('%s', (text, path) => {
    expect(duplicateMember(text, wholeOf(text), JSON.parse(text))).toEqual(path);
  });
});

describe('what the LRS adds to the text of a statement', () => {
  it('leaves every character of it as it was sent', () => {
    const text =
      '{ "actor":{"mbox":"mailto:a@b.c"},\t"verb":{"id":"urn:v"}, "object":{"id":"urn:a"}, "result":{"score":{"raw":1.0e2,"max":1E+03}, "extensions":{"urn:x":"\\u00e9\\ud83d\\u0000\\/"}} }';
    const sealed = seal(text);
    expect(sealed.startsWith(text.slice(0, -1))).toBe(true);
    expect(JSON.parse(sealed)).toEqual({
      ...(JSON.parse(text) as Json),
      id: SEAL.id,
      timestamp: SEAL.stored,
      stored: SEAL.stored,
      version: '1.0.0',
      authority: { mbox: 'mailto:lrs@example.com' },
    });
  });

  it('keeps id, timestamp and version where the statement has them (Data 2.4.1, 2.4.7, 2.4.10)', () => {
    const own = {
      id: '00000000-0000-4000-8000-000000000000',
      timestamp: '2025-01-01T00:00:00+01:00',
      version: '1.0.1',
    };
    expect(JSON.parse(seal(JSON.stringify(minimalStatement(own))))).toMatchObject(own);
  });

  it('takes the place of a stored and an authority that were sent (Data 2.4.8, 2.4.9)', () => {
    const text =
      '{"stored":"2000-01-01T00:00:00Z", "actor":{"mbox":"mailto:a@b.c"},"authority":{"mbox":"mailto:liar@b.c"},"verb":{"id":"urn:v"},"object":{"id":"urn:a"}}';
    const sealed = seal(text);
    expect(sealed).not.toContain('liar');
    expect(sealed).not.toContain('2000-01-01');
    expect(JSON.parse(sealed)).toMatchObject({
      stored: SEAL.stored,
      authority: { mbox: 'mailto:lrs@example.com' },
      actor: { mbox: 'mailto:a@b.c' },
    });
  });

  it('puts a lone context activity into a list, also in a SubStatement, and keeps the rest (Data 2.4.6.2)', () => {
    const context = {
      contextActivities: { parent: { id: 'urn:p' }, other: [{ id: 'urn:o' }], grouping: { id: 'urn:g' } },
    };
    const inner = { ...minimalStatement({ context }), objectType: 'SubStatement' };
    const sealed = JSON.parse(
      seal(JSON.stringify(minimalStatement({ object: inner, context, authority: { mbox: 'mailto:x@y.z' } }))),
    ) as {
      context: unknown;
      object: { context: unknown };
    };
    const listed = {
      contextActivities: { parent: [{ id: 'urn:p' }], other: [{ id: 'urn:o' }], grouping: [{ id: 'urn:g' }] },
    };
    expect([sealed.context, sealed.object.context]).toEqual([listed, listed]);
  });
});
