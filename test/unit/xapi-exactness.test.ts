/** Whatever is done with the texts of statements and documents, what was sent stays as it was written. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeDocuments } from '../../modules/lrs/documents/json-document.js';
import { mergeDefinitions } from '../../modules/lrs/xapi/definition-merge.js';
import { parseExactly } from '../../modules/lrs/xapi/exact-json.js';
import { CanonicalForm, toIds } from '../../modules/lrs/xapi/formatting.js';
import { mergeObjects } from '../../modules/lrs/xapi/json-merge.js';
import { membersOf, wholeOf } from '../../modules/lrs/xapi/json-text.js';
import { outlineOf } from '../../modules/lrs/xapi/outline.js';
import { jsonText, nameText, numberText, objectText } from '../support/json-texts.js';

const text = (value: unknown) => fc.constant(JSON.stringify(value));

/** A statement whose extensions are marked, so that each can be told from the others wherever it ends up. */
function statementText(extension: (place: string) => fc.Arbitrary<string>): fc.Arbitrary<string> {
  const extensions = (place: string) => extension(place).map((value) => `{"urn:${place}":${value}}`);
  const map = { en: 'one', de: 'eins' };
  const definition = (place: string) =>
    objectText({
      name: text(map),
      choices: text([{ id: 'a', description: map }]),
      interactionType: text('choice'),
      extensions: extensions(place),
    });
  const activity = (id: string) => objectText({ id: text(id), definition: definition(id) });
  const context = objectText({
    team: text({ objectType: 'Group', name: 'Team', member: [{ mbox: 'mailto:m@example.com', name: 'M' }] }),
    contextActivities: objectText({ other: activity('urn:lone').map((one) => `[ ${one} ]`) }),
    extensions: extensions('context'),
  });
  return objectText({
    actor: text({ name: 'A', mbox: 'mailto:a@example.com' }),
    verb: text({ id: 'urn:verb', display: map }),
    object: objectText({
      objectType: text('SubStatement'),
      actor: text({ account: { homePage: 'http://example.com', name: 'x' }, name: 'X' }),
      verb: text({ id: 'urn:inner', display: map }),
      object: activity('urn:object'),
      result: objectText({ score: numberText.map((raw) => `{"raw":${raw}}`), extensions: extensions('inner') }),
    }),
    result: objectText({ extensions: extensions('result') }),
    context,
    attachments: text([]),
  });
}

/** The extension of the place as it is written in the text. */
function extensionIn(whole: string, place: string): string | undefined {
  const at = whole.indexOf(`{"urn:${place}":`);
  if (at < 0) return undefined;
  const rest = whole.slice(at);
  const { value } = membersOf(rest, wholeOf(rest))[0]!;
  return rest.slice(value.start, value.end);
}

const anyStatement = statementText(() => jsonText);
const OUTSIDE_OF_DEFINITIONS = ['context', 'inner', 'result'];
const IN_DEFINITIONS = ['urn:lone', 'urn:object'];

describe('xAPI 1.0.3 Data 4.1, Comm 2.1.3: statements in every format', () => {
  it('have their extensions character by character', () => {
    fc.assert(
      fc.property(anyStatement, (sent) => {
        const outline = outlineOf(sent);
        const canonical = new CanonicalForm([]).of(outline);
        for (const place of OUTSIDE_OF_DEFINITIONS) {
          const value = extensionIn(sent, place);
          expect([place, extensionIn(toIds(outline), place)]).toEqual([place, value]);
          expect([place, extensionIn(canonical, place)]).toEqual([place, value]);
        }
        for (const place of IN_DEFINITIONS) expect(extensionIn(canonical, place)).toBe(extensionIn(sent, place));
      }),
    );
  });

  it('are reduced, whatever the order of their members and the blanks between them', () => {
    const plain = statementText(() => text(1));
    const ids = { objectType: 'Agent', mbox: 'mailto:a@example.com' };
    const team = { objectType: 'Group', member: [{ objectType: 'Agent', mbox: 'mailto:m@example.com' }] };
    const inner = { objectType: 'Agent', account: { homePage: 'http://example.com', name: 'x' } };
    fc.assert(
      fc.property(plain, (sent) => {
        expect(JSON.parse(toIds(outlineOf(sent)))).toMatchObject({ actor: ids, verb: { id: 'urn:verb' } });
        const { object, context } = JSON.parse(toIds(outlineOf(sent))) as Record<string, Record<string, unknown>>;
        expect([
          object!['actor'],
          object!['verb'],
          object!['object'],
          context!['team'],
          context!['contextActivities'],
        ]).toEqual([inner, { id: 'urn:inner' }, { id: 'urn:object' }, team, { other: [{ id: 'urn:lone' }] }]);
      }),
    );
  });

  it('get what the LRS knows of activities as it was told: with every digit', () => {
    const sent = '{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"urn:v"},"object":{"id":"urn:\\u006f" } }';
    fc.assert(
      fc.property(jsonText, (value) => {
        const definition = `{"name":{"en":"n","de":"m"},"extensions":{"urn:x":${value}}}`;
        const known = {
          definitionOf: (id: string) => (id === 'urn:o' ? definition : undefined),
          displayOf: () => undefined,
        };
        expect(new CanonicalForm([{ range: 'de', quality: 1 }], known).of(outlineOf(sent))).toBe(
          `{"actor":{"mbox":"mailto:a@b.c"},"verb":{"id":"urn:v"},"object":{"id":"urn:\\u006f" ,"definition":{"name":{"de":"m"},"extensions":{"urn:x":${value}}}} }`,
        );
      }),
    );
  });
});

/** Members of an object as JSON.parse counts them: names once, with their last values. */
const memberTexts = (object: string) =>
  new Map(membersOf(object, wholeOf(object)).map(({ name, value }) => [name, object.slice(value.start, value.end)]));

const anyObject = fc
  .array(fc.tuple(nameText, jsonText), { maxLength: 6 })
  .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`);

describe('xAPI 1.0.3 Comm 2.2, merging', () => {
  it('keeps every value as it is written, and adds no member that is in neither', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (existing, sent) => {
        const expected = new Map([...memberTexts(existing), ...memberTexts(sent)]);
        const merged = mergeObjects(existing, sent);
        expect([...memberTexts(merged)]).toEqual([...expected]);
        expect(JSON.parse(merged)).toEqual({ ...(JSON.parse(existing) as object), ...(JSON.parse(sent) as object) });
      }),
    );
  });

  it('does so with documents', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (existing, sent) => {
        const document = (content: string) => ({ contentType: 'application/json', bytes: Buffer.from(content) });
        const merged = mergeDocuments(document(existing), document(sent)) as { bytes: Buffer };
        expect(merged.bytes.toString()).toBe(mergeObjects(existing, sent));
      }),
    );
  });

  it('of definitions keeps what extensions hold as it is written', () => {
    fc.assert(
      fc.property(anyObject, anyObject, (known, sent) => {
        const definition = (extensions: string) => `{"extensions":${extensions}}`;
        expect(mergeDefinitions(definition(known), definition(sent))).toBe(definition(mergeObjects(known, sent)));
      }),
    );
  });
});

describe('reading JSON for comparison', () => {
  /** Told apart by arithmetic on whole numbers, which share no line with the service. */
  const isSameNumber = (one: string, other: string): boolean => {
    const scaled = (number: string) => {
      const [mantissa = '', exponent = '0'] = number.toLowerCase().split('e');
      const [whole = '', fraction = ''] = mantissa.split('.');
      return { digits: BigInt(`${whole}${fraction}`), power: Number(exponent) - fraction.length };
    };
    const [a, b] = [scaled(one), scaled(other)];
    const least = Math.min(a.power, b.power);
    return a.digits * 10n ** BigInt(a.power - least) === b.digits * 10n ** BigInt(b.power - least);
  };

  it('makes equal values of equal numbers, however they are written, and different ones of different numbers', () => {
    fc.assert(
      fc.property(numberText, numberText, (one, other) => {
        const [a, b] = [parseExactly(`[${one}]`), parseExactly(`{"a": ${other}}`)] as [unknown[], { a: unknown }];
        if (isSameNumber(one, other)) expect(a[0]).toEqual(b.a);
        else expect(a[0]).not.toEqual(b.a);
      }),
      {
        examples: [
          ['1.0', '1e0'],
          ['-0', '0'],
          ['12345678901234567890.123', '12345678901234567890.124'],
          ['1e400', '1e401'],
        ],
      },
    );
  });

  it('reads all else as JSON.parse does', () => {
    fc.assert(
      fc.property(jsonText, (value) => {
        const plain = value.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
          token.startsWith('"') ? token : '7',
        );
        expect(parseExactly(plain)).toEqual(JSON.parse(plain));
        const shape = JSON.stringify(JSON.parse(plain));
        expect(JSON.stringify(JSON.parse(value), (_, part: unknown) => (typeof part === 'number' ? 7 : part))).toBe(
          shape,
        );
      }),
    );
  });
});
