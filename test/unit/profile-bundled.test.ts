import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { bundledProfiles } from '../../modules/profiles/bundled/index.js';
import { readProfile } from '../../modules/profiles/profile/document/read-profile.js';
import { validate, type Verdict } from '../../modules/profiles/profile/validate.js';

type Json = Record<string, unknown>;

const profileOf = (id: string) => bundledProfiles().find(({ profile }) => profile.id === id)!.profile;
const judge = (statement: unknown, id: string): Verdict => validate(statement, [profileOf(id)])[0]!;
const errors = ({ problems }: Verdict) =>
  problems.filter(({ severity }) => severity === 'ERROR').map(({ code, path }) => `${code} ${path.join('.')}`);

/** Examples of docs/statements.md; all but the first leave out what they have in common. */
async function examples(): Promise<Json[]> {
  const text = await readFile('docs/statements.md', 'utf8');
  const found = [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json!) as Json);
  const parent = [{ objectType: 'Activity', id: 'urn:lectern:course:x:element:y' }];
  const context = found[0]!['context'] as Json;
  const contextActivities = { ...(context['contextActivities'] as Json), parent };
  return found.map((one) => ({ ...found[0], result: undefined, ...one, context: { ...context, contextActivities } }));
}

describe('bundled profiles', () => {
  it.each(bundledProfiles().map(({ profile, document }) => [profile.id, document]))(
    '%s has no problem',
    (_, document) => {
      expect(readProfile(document).problems).toEqual([]);
    },
  );

  it.each(bundledProfiles().map(({ profile }) => [profile.id, profile] as const))(
    '%s: patterns have members that are there',
    (_, profile) => {
      const known = new Set([...profile.templates, ...profile.patterns].map(({ id }) => id));
      expect(profile.patterns.flatMap(({ members }) => members).filter((id) => !known.has(id))).toEqual([]);
    },
  );
});

describe('Lectern', () => {
  it('each example of docs/statements.md is of one template and keeps its rules', async () => {
    for (const statement of await examples()) {
      const verdict = judge(statement, 'urn:lectern:xapi:profile');
      expect({ statement, errors: errors(verdict), templates: verdict.templates.length }).toMatchObject({
        errors: [],
        templates: 1,
      });
    }
  });

  it('every template is of an example, but for what docs/statements.md says in words', async () => {
    const seen = new Set(
      (await examples()).flatMap((statement) => judge(statement, 'urn:lectern:xapi:profile').templates),
    );
    const templates = profileOf('urn:lectern:xapi:profile').templates.map(({ id }) => id);
    expect(templates.filter((id) => !seen.has(id)).map((id) => id.split(':').at(-1))).toEqual([
      'experienced-simulation',
      'experienced-assessment',
      'completed-lesson',
      'completed-assessment',
      'failed-course',
    ]);
  });

  it('misses what is left out', async () => {
    const [opened] = await examples();
    expect(errors(judge({ ...opened, context: {} }, 'urn:lectern:xapi:profile'))).toContain(
      'MISSING context.registration',
    );
  });
});

describe('cmi5', () => {
  const CATEGORY = 'https://w3id.org/xapi/cmi5/context/categories';
  const passed = (changes: Json = {}, categories = ['cmi5', 'moveon'], extensions: Json = {}): Json => ({
    id: '00000000-0000-4000-8000-000000000001',
    actor: { account: { homePage: 'https://lms.example', name: 'jo' } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
    object: { id: 'https://au.example/1' },
    result: { success: true, score: { scaled: 0.9 }, duration: 'PT1M' },
    context: {
      registration: '6f1c2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24',
      contextActivities: {
        category: categories.map((word) => ({ id: `${CATEGORY}/${word}` })),
        grouping: [{ id: 'https://publisher.example/1' }],
      },
      extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 'one', ...extensions },
    },
    timestamp: '2024-01-01T00:00:00.000Z',
    ...changes,
  });
  const verb = (id: string) => ({ verb: { id } });

  it('a right statement is right', () => {
    expect(judge(passed(), 'https://w3id.org/xapi/cmi5')).toMatchObject({
      outcome: 'SUCCESS',
      declared: true,
      problems: [],
    });
  });

  it.each<[string, Json, string[]]>([
    ['passed without success', passed({ result: { duration: 'PT1M' } }), ['MISSING result.success']],
    [
      'passed with success false',
      passed({ result: { success: false, duration: 'PT1M' } }),
      ['NOT_AMONG_ALL result.success'],
    ],
    [
      'passed with completion',
      passed({ result: { success: true, completion: true, duration: 'PT1M' } }),
      ['NOT_ALLOWED result.completion'],
    ],
    ['passed without duration', passed({ result: { success: true } }), ['MISSING result.duration']],
    ['passed that does not count', passed({}, ['cmi5']), ['NONE_OF_ANY context.contextActivities.category.0.id']],
    ['a group as actor', passed({ actor: { objectType: 'Group', account: {} } }), ['AMONG_NONE actor.objectType']],
    ['a learner without account', passed({ actor: { mbox: 'mailto:jo@example.com' } }), ['MISSING actor.account']],
    [
      'an initialized with a score',
      passed({ ...verb('http://adlnet.gov/expapi/verbs/initialized'), result: { score: {} } }, ['cmi5']),
      ['NOT_ALLOWED result.score'],
    ],
    [
      'a terminated that counts',
      passed({ ...verb('http://adlnet.gov/expapi/verbs/terminated'), result: { duration: 'PT1M' } }),
      ['AMONG_NONE context.contextActivities.category.1.id'],
    ],
    [
      'a satisfied about a unit',
      passed({ ...verb('https://w3id.org/xapi/adl/verbs/satisfied'), result: {} }, ['cmi5']),
      ['MISSING object.definition.type'],
    ],
    [
      'a waived without reason',
      passed({ ...verb('https://w3id.org/xapi/adl/verbs/waived'), result: { success: true, completion: true } }),
      ['MISSING result.extensions.https://w3id.org/xapi/cmi5/result/extensions/reason'],
    ],
    [
      'a verb that cmi5 does not define',
      passed(verb('http://adlnet.gov/expapi/verbs/experienced')),
      ['NO_TEMPLATE context.contextActivities.category'],
    ],
    [
      'a mastery score beyond 1',
      passed({}, ['cmi5', 'moveon'], { 'https://w3id.org/xapi/cmi5/context/extensions/masteryscore': 80 }),
      ['EXTENSION_SCHEMA context.extensions.https://w3id.org/xapi/cmi5/context/extensions/masteryscore'],
    ],
  ])('%s is wrong', (_, statement, expected) => {
    expect(errors(judge(statement, 'https://w3id.org/xapi/cmi5'))).toEqual(expected);
  });
});

describe('video', () => {
  const EXTENSIONS = 'https://w3id.org/xapi/video/extensions';
  const interacted = (context: Json): Json => ({
    id: '00000000-0000-4000-8000-000000000001',
    verb: { id: 'http://adlnet.gov/expapi/verbs/interacted' },
    object: { id: 'https://v.example/1', definition: { type: 'https://w3id.org/xapi/video/activity-type/video' } },
    result: { extensions: { [`${EXTENSIONS}/time`]: 12.5, [`${EXTENSIONS}/played-segments`]: '0[.]12[,]14[.]21' } },
    context: {
      registration: 'r',
      contextActivities: { category: [{ id: 'https://w3id.org/xapi/video' }] },
      extensions: context,
    },
    timestamp: '2024-01-01T00:00:00.000Z',
  });

  it('a change of volume need not say anything of captions', () => {
    expect(errors(judge(interacted({ [`${EXTENSIONS}/volume`]: 0.5 }), 'https://w3id.org/xapi/video'))).toEqual([]);
    expect(errors(judge(interacted({}), 'https://w3id.org/xapi/video'))).toEqual([
      `MISSING context.extensions.${EXTENSIONS}/volume`,
    ]);
  });
});

describe('SCORM', () => {
  it('attempt, course and profile are in the context', () => {
    const types = ['attempt', 'course'].map((word) => ({
      id: `https://x/${word}`,
      definition: { type: `http://adlnet.gov/expapi/activities/${word}` },
    }));
    const statement = {
      verb: { id: 'http://adlnet.gov/expapi/verbs/scored' },
      object: { id: 'https://sco.example/1', definition: { type: 'http://adlnet.gov/expapi/activities/lesson' } },
      result: { score: { raw: 7 } },
      context: {
        registration: 'r',
        contextActivities: { grouping: types, category: [{ id: 'https://w3id.org/xapi/scorm' }] },
      },
      timestamp: '2024-01-01T00:00:00.000Z',
    };
    expect(judge(statement, 'https://w3id.org/xapi/scorm')).toMatchObject({ outcome: 'SUCCESS', problems: [] });
    const alone = { ...statement, context: { contextActivities: { grouping: types.slice(0, 1) } } };
    expect(errors(judge(alone, 'https://w3id.org/xapi/scorm'))).toEqual([
      'NONE_OF_ANY context.contextActivities.grouping.0.definition.type',
      'MISSING context.contextActivities.category',
    ]);
  });
});
