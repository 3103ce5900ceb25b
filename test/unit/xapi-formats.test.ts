import { describe, expect, it } from '@jest/globals';
import { inOneLanguage, parseAcceptLanguage } from '../../modules/lrs/xapi/accept-language.js';
import { CanonicalForm, toIds } from '../../modules/lrs/xapi/formatting.js';
import { outlineOf } from '../../modules/lrs/xapi/outline.js';
import type { Json } from '../support/statements.js';

const person = { objectType: 'Agent', name: 'Someone', mbox: 'mailto:someone@example.com' };
const words = { en: 'word', de: 'Wort' };
const activity = {
  id: 'http://example.com/a',
  definition: {
    name: words,
    description: words,
    interactionType: 'choice',
    choices: [{ id: 'x', description: words }],
    extensions: { 'urn:x': words },
  },
};
const verb = { id: 'http://example.com/v', display: words };
const team = {
  objectType: 'Group',
  name: 'Team',
  member: [person, { account: { homePage: 'http://example.com', name: 'x' }, name: 'X' }],
};
const context = {
  registration: 'e05aa883-acaf-40ad-bf54-02c8ce485fb0',
  instructor: person,
  team,
  contextActivities: { parent: [activity] },
};
const statement = {
  id: 'e05aa883-acaf-40ad-bf54-02c8ce485fb0',
  actor: person,
  verb,
  object: {
    objectType: 'SubStatement',
    actor: { ...team, mbox: 'mailto:team@example.com' },
    verb,
    object: activity,
    context,
  },
  result: { extensions: { 'urn:x': words } },
  context,
  authority: person,
};

const idsOf = (value: Json) => JSON.parse(toIds(outlineOf(JSON.stringify(value)))) as Json;
const canonicalOf = (value: Json, languages: string) =>
  JSON.parse(new CanonicalForm(parseAcceptLanguage(languages)).of(outlineOf(JSON.stringify(value)))) as Json;

describe('xAPI 1.0.3 Comm 2.1.3, format=ids', () => {
  it('keeps only what identifies agents, groups, activities and verbs, everywhere', () => {
    const ids = { objectType: 'Agent', mbox: 'mailto:someone@example.com' };
    const members = [ids, { objectType: 'Agent', account: { homePage: 'http://example.com', name: 'x' } }];
    const reducedContext = {
      registration: context.registration,
      instructor: ids,
      team: { objectType: 'Group', member: members },
      contextActivities: { parent: [{ id: activity.id }] },
    };
    expect(idsOf(statement)).toEqual({
      id: statement.id,
      actor: ids,
      verb: { id: verb.id },
      object: {
        objectType: 'SubStatement',
        actor: { objectType: 'Group', mbox: 'mailto:team@example.com' },
        verb: { id: verb.id },
        object: { id: activity.id },
        context: reducedContext,
      },
      result: statement.result,
      context: reducedContext,
      authority: ids,
    });
  });

  it('leaves StatementRefs as they are', () => {
    const object = { objectType: 'StatementRef', id: statement.id };
    expect(idsOf({ actor: person, verb, object })['object']).toEqual(object);
  });
});

describe('xAPI 1.0.3 Comm 2.1.3, format=canonical', () => {
  it('returns one language of each map of an activity or a verb, and agents as they were', () => {
    const german = { de: 'Wort' };
    const canonical = canonicalOf(statement, 'de');
    const definition = {
      ...activity.definition,
      name: german,
      description: german,
      choices: [{ id: 'x', description: german }],
    };
    expect(canonical).toEqual({
      ...statement,
      verb: { ...verb, display: german },
      object: {
        ...statement.object,
        verb: { ...verb, display: german },
        object: { ...activity, definition },
        context: { ...context, contextActivities: { parent: [{ ...activity, definition }] } },
      },
      context: { ...context, contextActivities: { parent: [{ ...activity, definition }] } },
    });
  });
});

describe('Accept-Language (RFC 2616 14.4)', () => {
  const map = { 'en-GB': 'colour', 'en-US': 'color', de: 'Farbe', fr: 'couleur' };
  it.each([
    ['de', 'Farbe'],
    ['DE', 'Farbe'],
    ['en', 'colour'],
    ['en-US', 'color'],
    ['it, fr;q=0.3, de;q=0.7', 'Farbe'],
    ['en;q=0, *', 'Farbe'],
    ['it', 'colour'],
    ['*', 'colour'],
    ['', 'colour'],
    [undefined, 'colour'],
    ['de;q=oops, fr', 'couleur'],
  ])('%s gives %s', (header, word) => {
    expect(Object.values(inOneLanguage(map, parseAcceptLanguage(header)))).toEqual([word]);
  });

  it('leaves an empty map empty', () => {
    expect(inOneLanguage({}, parseAcceptLanguage('de'))).toEqual({});
  });
});
