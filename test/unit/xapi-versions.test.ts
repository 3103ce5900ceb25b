import { describe, expect, it } from '@jest/globals';
import { CanonicalForm, toIds } from '../../modules/lrs/xapi/formatting.js';
import { outlineOf } from '../../modules/lrs/xapi/outline.js';
import { wholeOf } from '../../modules/lrs/xapi/json-text.js';
import { sealStatement } from '../../modules/lrs/xapi/seal.js';
import type { Statement } from '../../modules/lrs/xapi/statement.js';
import { termKey, termsOf } from '../../modules/lrs/xapi/terms.js';
import { validateStatement } from '../../modules/lrs/xapi/validation/statement.js';
import type { XapiVersion } from '../../modules/lrs/xapi/version.js';
import { minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const PLAYER = { name: 'Player', mbox: 'mailto:player@example.com' };
const TEAM = { objectType: 'Group', name: 'Team', mbox: 'mailto:team@example.com', member: [PLAYER] };
const TYPES = ['http://example.com/types/quarterback'];
const contextAgent = (change: Json = {}) => ({
  objectType: 'contextAgent',
  agent: PLAYER,
  relevantTypes: TYPES,
  ...change,
});
const contextGroup = (change: Json = {}) => ({
  objectType: 'contextGroup',
  group: TEAM,
  relevantTypes: TYPES,
  ...change,
});
const without = (value: Json, key: string) =>
  Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
const withContext = (context: Json) => minimalStatement({ context });
const inSubStatement = (part: Json) =>
  minimalStatement({ object: { ...minimalStatement(part), objectType: 'SubStatement' } });

const pathsOf = (statement: unknown, version: XapiVersion) =>
  validateStatement(statement, version).map(({ path }) => path.join('.'));

describe('contextAgents and contextGroups (9274.1.1 4.2.2.5)', () => {
  const both = { contextAgents: [contextAgent()], contextGroups: [contextGroup()] };

  it('are part of 2.0 and unknown to 1.0.3, also in a SubStatement', () => {
    expect(pathsOf(withContext(both), '2.0.0')).toEqual([]);
    expect(pathsOf(inSubStatement({ context: both }), '2.0.0')).toEqual([]);
    expect(pathsOf(withContext(both), '1.0.3')).toEqual(['context.contextAgents', 'context.contextGroups']);
    expect(pathsOf(inSubStatement({ context: both }), '1.0.3')).toEqual([
      'object.context.contextAgents',
      'object.context.contextGroups',
    ]);
  });

  it.each<[string, Json]>([
    ['no relevant types', { contextAgents: [without(contextAgent(), 'relevantTypes')] }],
    ['an agent that says what it is', { contextAgents: [contextAgent({ agent: { objectType: 'Agent', ...PLAYER } })] }],
    ['an anonymous group', { contextGroups: [contextGroup({ group: { objectType: 'Group', member: [PLAYER] } })] }],
    ['no relation at all', { contextAgents: [], contextGroups: [] }],
    ['the deprecated instructor and team besides', { ...both, instructor: TEAM, team: TEAM }],
  ])('may have %s', (_, context) => {
    expect(pathsOf(withContext(context), '2.0.0')).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['one that is not in a list', { contextAgents: contextAgent() }, 'contextAgents'],
    ['null', { contextAgents: null }, 'contextAgents'],
    ['another objectType', { contextAgents: [contextAgent({ objectType: 'Agent' })] }, 'contextAgents.0.objectType'],
    [
      'an objectType in another case',
      { contextGroups: [contextGroup({ objectType: 'ContextGroup' })] },
      'contextGroups.0.objectType',
    ],
    ['no objectType', { contextAgents: [without(contextAgent(), 'objectType')] }, 'contextAgents.0.objectType'],
    ['no agent', { contextAgents: [without(contextAgent(), 'agent')] }, 'contextAgents.0.agent'],
    ['no group', { contextGroups: [without(contextGroup(), 'group')] }, 'contextGroups.0.group'],
    [
      'a group as agent',
      { contextAgents: [contextAgent({ agent: without(TEAM, 'member') })] },
      'contextAgents.0.agent.objectType',
    ],
    ['an agent as group', { contextGroups: [contextGroup({ group: PLAYER })] }, 'contextGroups.0.group.objectType'],
    ['an agent without identifier', { contextAgents: [contextAgent({ agent: {} })] }, 'contextAgents.0.agent'],
    [
      'an empty list of types',
      { contextAgents: [contextAgent({ relevantTypes: [] })] },
      'contextAgents.0.relevantTypes',
    ],
    [
      'a type that is no IRI',
      { contextGroups: [contextGroup({ relevantTypes: ['x'] })] },
      'contextGroups.0.relevantTypes.0',
    ],
    [
      'types that are no list',
      { contextGroups: [contextGroup({ relevantTypes: 'urn:x' })] },
      'contextGroups.0.relevantTypes',
    ],
    ['a property that it does not know', { contextAgents: [contextAgent({ name: 'x' })] }, 'contextAgents.0.name'],
  ])('may not have %s', (_, context, path) => {
    expect(pathsOf(withContext(context), '2.0.0')).toEqual([`context.${path}`]);
  });

  it('are found by related_agents: the agent, the group, its members', () => {
    const places = {
      contextAgents: [contextAgent({ agent: { mbox: 'mailto:agent@example.com' } })],
      contextGroups: [contextGroup()],
    };
    const wanted = ['mbox mailto:agent@example.com', 'mbox mailto:team@example.com', 'mbox mailto:player@example.com'];
    for (const statement of [withContext(places), inSubStatement({ context: places })]) {
      const terms = termsOf(statement as unknown as Statement, { mbox: 'mailto:lrs@example.com' });
      expect(wanted.map((name) => terms.get(termKey('agent', name)))).toEqual([false, false, false]);
    }
  });

  it('are reduced to identifiers by format=ids and stay as they are in canonical', () => {
    const outline = outlineOf(JSON.stringify(withContext(both)));
    const contextIn = (text: string) => (JSON.parse(text) as Json)['context'];
    expect(contextIn(toIds(outline))).toEqual({
      contextAgents: [contextAgent({ agent: { objectType: 'Agent', mbox: PLAYER.mbox } })],
      contextGroups: [contextGroup({ group: { objectType: 'Group', mbox: TEAM.mbox } })],
    });
    expect(contextIn(new CanonicalForm([]).of(outline))).toEqual(both);
  });
});

describe('the version of a statement', () => {
  it.each<[XapiVersion, string[], string[]]>([
    ['1.0.3', ['1.0', '1.0.0', '1.0.27'], ['2.0.0', '1.1.0', '0.9.9', '1', '', 'v1.0.0', '1.0.']],
    ['2.0.0', ['2.0', '2.0.0', '2.0.9', '1.0.3', '1.0'], ['2.1.0', '1.1.0', '0.9.9', '3.0.0', '2', '']],
  ])('may be in a request of %s one of %p, not one of %p', (version, good, bad) => {
    const refused = [...good, ...bad].filter((own) => pathsOf(minimalStatement({ version: own }), version).length > 0);
    expect(refused).toEqual(bad);
  });

  it.each<[XapiVersion, string]>([
    ['1.0.3', '1.0.0'],
    ['2.0.0', '2.0.0'],
  ])('is set in a request of %s to %s where there is none (Data 2.4.10, 9274.1.1 4.2.4.3)', (version, own) => {
    expect(sealed(minimalStatement(), version)).toMatchObject({ version: own });
    expect(sealed(minimalStatement({ version: '1.0.1' }), version)).toMatchObject({ version: '1.0.1' });
  });
});

describe('timestamps that are not in UTC', () => {
  const zoned = { timestamp: '2026-03-01T00:30:15.123456+01:00' };
  const sub = { object: { ...minimalStatement(zoned), objectType: 'SubStatement' } };

  it('are converted by 2.0 with all their digits, also in a SubStatement (9274.1.1 4.2.7)', () => {
    expect(sealed(minimalStatement({ ...zoned, ...sub, stored: '2020-01-01T00:00:00Z' }), '2.0.0')).toMatchObject({
      timestamp: '2026-02-28T23:30:15.123456Z',
      object: { timestamp: '2026-02-28T23:30:15.123456Z' },
    });
  });

  it('stay as they are in 1.0.3', () => {
    expect(sealed(minimalStatement({ ...zoned, ...sub }), '1.0.3')).toMatchObject({ ...zoned, object: zoned });
  });

  it('change nothing else of the text', () => {
    const text =
      '{ "timestamp" : "2026-03-01T01:00:00+01:00", "actor":{"mbox":"mailto:a@b.c"}, "verb":{"id":"urn:v"}, "object":{"id":"urn:a"}, "result":{"score":{"raw":1.0e2}} }';
    const expected = text.replace('2026-03-01T01:00:00+01:00', '2026-03-01T00:00:00Z').slice(0, -1);
    expect(sealedText(text, '2.0.0').startsWith(expected)).toBe(true);
  });
});

function sealedText(text: string, version: XapiVersion): string {
  const seal = {
    id: 'e05aa883-acaf-40ad-bf54-02c8ce485fb0',
    stored: '2026-01-01T00:00:00.000Z',
    authority: '{}',
    version,
  };
  return sealStatement(text, wholeOf(text), JSON.parse(text) as Statement, seal);
}

const sealed = (statement: Json, version: XapiVersion) =>
  JSON.parse(sealedText(JSON.stringify(statement), version)) as Json;
