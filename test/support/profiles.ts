/** Profiles that tests make up. */
const ID = 'https://profiles.example/climbing';

export const CLIMBING = {
  id: ID,
  version: `${ID}/v2`,
  climbed: `${ID}/verbs/climbed`,
  route: `${ID}/types/route`,
  grade: `${ID}/extensions/grade`,
  template: `${ID}/templates/climbed`,
} as const;

type Json = Record<string, unknown>;

/** A small profile that follows every rule; `changes` replace members of it. */
export function climbingProfile(changes: Json = {}): Json {
  const inScheme = CLIMBING.version;
  const words = { prefLabel: { en: 'climbed' }, definition: { en: 'Got to the top of a route.' } };
  return {
    '@context': 'https://w3id.org/xapi/profiles/context',
    id: ID,
    type: 'Profile',
    conformsTo: 'https://w3id.org/xapi/profiles#1.0',
    prefLabel: { en: 'Climbing' },
    definition: { en: 'What climbers do.' },
    author: { type: 'Organization', name: 'Climbers' },
    versions: [
      { id: `${ID}/v1`, generatedAtTime: '2020-01-01T00:00:00Z' },
      { id: CLIMBING.version, generatedAtTime: '2021-01-01T00:00:00Z', wasRevisionOf: [`${ID}/v1`] },
    ],
    concepts: [
      { id: CLIMBING.climbed, type: 'Verb', inScheme, ...words },
      { id: CLIMBING.route, type: 'ActivityType', inScheme, ...words },
      {
        id: CLIMBING.grade,
        type: 'ResultExtension',
        inScheme,
        ...words,
        inlineSchema: '{"type":"integer","minimum":1}',
      },
    ],
    templates: [
      {
        ...{ id: CLIMBING.template, type: 'StatementTemplate', inScheme, ...words },
        ...{ verb: CLIMBING.climbed, objectActivityType: CLIMBING.route },
        rules: [{ location: `$.result.extensions['${CLIMBING.grade}']`, presence: 'included' }],
      },
    ],
    ...changes,
  };
}

/** A statement that the profile has nothing against; `changes` replace members of it. */
export function climbed(changes: Json = {}): Json {
  return {
    actor: { mbox: 'mailto:jo@example.com' },
    verb: { id: CLIMBING.climbed },
    object: { id: 'https://climbing.example/routes/7', definition: { type: CLIMBING.route } },
    result: { extensions: { [CLIMBING.grade]: 6 } },
    ...changes,
  };
}
