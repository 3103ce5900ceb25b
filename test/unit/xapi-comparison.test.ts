import { describe, expect, it } from '@jest/globals';
import { isSameStatement } from '../../modules/lrs/xapi/comparison.js';
import type { Statement } from '../../modules/lrs/xapi/statement.js';
import type { XapiVersion } from '../../modules/lrs/xapi/version.js';
import { minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const UUID = 'e05aa883-acaf-40ad-bf54-02c8ce485fb0';
const ONE = { mbox: 'mailto:one@example.com' };
const TWO = { mbox: 'mailto:two@example.com', name: 'Two' };
const sub = (more: Json) => ({
  object: {
    objectType: 'SubStatement',
    actor: ONE,
    verb: { id: 'http://example.com/v' },
    object: { id: 'http://example.com/a' },
    ...more,
  },
});
const same = (one: Json, other: Json, version: XapiVersion = '1.0.3') =>
  isSameStatement(
    minimalStatement(one) as unknown as Statement,
    minimalStatement(other) as unknown as Statement,
    version,
  );

describe('xAPI 1.0.3 Data 2.3.1, statements are the same', () => {
  it.each<[string, Json, Json]>([
    [
      'with another id, stored, timestamp, version and authority',
      { id: UUID, stored: '2026-01-01T00:00:00Z' },
      { timestamp: '2025-01-01T00:00:00Z', version: '1.0.0', authority: ONE },
    ],
    ['with or without attachments', { attachments: [] }, {}],
    [
      'with another display of the verb',
      { verb: { id: 'http://example.com/v', display: { en: 'tried' } } },
      { verb: { id: 'http://example.com/v' } },
    ],
    [
      'with another definition of the activity',
      { object: { id: 'http://example.com/a', definition: { name: { en: 'A' } } } },
      { object: { objectType: 'Activity', id: 'http://example.com/a' } },
    ],
    [
      'with members of a Group in another order',
      { actor: { objectType: 'Group', member: [ONE, TWO] } },
      { actor: { objectType: 'Group', member: [{ name: 'Two', mbox: TWO.mbox }, ONE] } },
    ],
    [
      'with properties in another order',
      { result: { success: true, response: 'a' } },
      { result: { response: 'a', success: true } },
    ],
    [
      'with a context activity alone or in a list',
      { context: { contextActivities: { parent: { id: 'http://example.com/p' } } } },
      { context: { contextActivities: { parent: [{ id: 'http://example.com/p' }] } } },
    ],
    [
      'with the domain of an address in another case',
      { actor: { mbox: 'mailto:one@Example.COM' } },
      { actor: { objectType: 'Agent', mbox: 'mailto:one@example.com' } },
    ],
    [
      'with a registration in another case',
      { context: { registration: UUID } },
      { context: { registration: UUID.toUpperCase() } },
    ],
    [
      'with numbers that are written otherwise',
      { result: { score: { raw: 100 } } },
      { result: { score: { raw: 1e2 } } },
    ],
    [
      'with the time of a SubStatement in another zone',
      sub({ timestamp: '2026-01-01T12:00:00Z' }),
      sub({ timestamp: '2026-01-01T13:00:00+01:00' }),
    ],
  ])('%s', (_, one, other) => {
    expect(same(one, other)).toBe(true);
  });
});

describe('xAPI 1.0.3 Data 2.3.1, statements differ', () => {
  it.each<[string, Json, Json]>([
    ['in the actor', { actor: ONE }, { actor: TWO }],
    ['in the name of the actor', { actor: ONE }, { actor: { ...ONE, name: 'One' } }],
    ['in the case of a local part', { actor: { mbox: 'mailto:One@example.com' } }, { actor: ONE }],
    ['in the verb', {}, { verb: { id: 'http://example.com/other' } }],
    ['in the object', {}, { object: { id: 'http://example.com/other' } }],
    [
      'in the kind of the object',
      { object: { objectType: 'StatementRef', id: UUID } },
      { object: { id: `urn:uuid:${UUID}` } },
    ],
    ['in the result', { result: { success: true } }, { result: { success: false } }],
    ['in the way a duration is written', { result: { duration: 'PT60S' } }, { result: { duration: 'PT1M' } }],
    [
      'in an extension',
      { result: { extensions: { 'urn:x': { a: 1 } } } },
      { result: { extensions: { 'urn:x': { a: 2 } } } },
    ],
    [
      'in the order of context activities',
      { context: { contextActivities: { other: [{ id: 'urn:a' }, { id: 'urn:b' }] } } },
      { context: { contextActivities: { other: [{ id: 'urn:b' }, { id: 'urn:a' }] } } },
    ],
    [
      'in the members of a Group',
      { actor: { objectType: 'Group', member: [ONE] } },
      { actor: { objectType: 'Group', member: [ONE, ONE] } },
    ],
    ['within a SubStatement', sub({}), sub({ actor: TWO })],
  ])('%s', (_, one, other) => {
    expect(same(one, other)).toBe(false);
  });
});

describe('xAPI 2.0 (9274.1.1 4.2, 4.2.7), statements are the same', () => {
  const duration = (text: string) => ({ result: { duration: text } });

  it.each([
    ['PT1.234S', 'PT1.23S'],
    ['PT1.239S', 'PT1.23S'],
    ['PT1.004S', 'PT1S'],
    ['PT1.10S', 'PT1.1S'],
    ['P1DT12H36M0.1237S', 'P1DT12H36M0.12S'],
    ['PT2,345S', 'PT2.34S'],
    ['PT1.00001M', 'PT1M'],
    ['PT1.0000001H', 'PT1H'],
    ['P1.00000001W', 'P1W'],
  ])('when durations differ by less than 0.01 s: %s and %s', (one, other) => {
    expect([same(duration(one), duration(other), '2.0.0'), same(duration(one), duration(other), '1.0.3')]).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    ['PT1.24S', 'PT1.23S'],
    ['PT60S', 'PT1M'],
    ['PT1.01M', 'PT1M'],
    ['P1.5M', 'P1M'],
    ['P1.5Y', 'P1Y'],
    ['P1.00001D', 'PT1D'],
  ])('not when they differ by more, or are written in other units: %s and %s', (one, other) => {
    expect(same(duration(one), duration(other), '2.0.0')).toBe(false);
  });

  it('not when an agent or a group of the context is another, whatever its name and the order of its members', () => {
    const context = (agent: Json, members: Json[]) => ({
      context: {
        contextAgents: [{ objectType: 'contextAgent', agent }],
        contextGroups: [{ objectType: 'contextGroup', group: { objectType: 'Group', member: members } }],
      },
    });
    expect(same(context(ONE, [ONE, TWO]), context({ objectType: 'Agent', ...ONE }, [TWO, ONE]), '2.0.0')).toBe(true);
    expect(same(context(ONE, [ONE]), context(TWO, [ONE]), '2.0.0')).toBe(false);
    expect(same(context(ONE, [ONE]), context(ONE, [TWO]), '2.0.0')).toBe(false);
  });
});
