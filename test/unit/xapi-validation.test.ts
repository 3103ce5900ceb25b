import { describe, expect, it } from '@jest/globals';
import { validateStatement } from '../../modules/lrs/xapi/validation/statement.js';
import { minimalStatement } from '../support/statements.js';
import type { Json } from '../support/statements.js';

const AGENT = { mbox: 'mailto:someone@example.com' };
const ACTIVITY = { id: 'http://example.com/activity' };
const UUID = 'e05aa883-acaf-40ad-bf54-02c8ce485fb0';
const ATTACHMENT = {
  usageType: 'http://example.com/usage/certificate',
  display: { en: 'Certificate' },
  contentType: 'application/pdf',
  length: 4096,
  sha2: 'a'.repeat(64),
};

/** [what is broken, the statement, where the problem is reported] */
type Case = [title: string, statement: unknown, path: string];

const withActor = (actor: unknown) => minimalStatement({ actor });
const withObject = (object: unknown) => minimalStatement({ object });
const withDefinition = (definition: unknown) => withObject({ ...ACTIVITY, definition });
const withResult = (result: unknown) => minimalStatement({ result });
const withContext = (context: unknown) => minimalStatement({ context });
const withAttachment = (change: Json) => minimalStatement({ attachments: [{ ...ATTACHMENT, ...change }] });
const subStatement = (change: Json = {}) =>
  withObject({
    objectType: 'SubStatement',
    actor: AGENT,
    verb: { id: 'http://example.com/v' },
    object: ACTIVITY,
    ...change,
  });
const without = (statement: Json, key: string) =>
  Object.fromEntries(Object.entries(statement).filter(([name]) => name !== key));

function refuses(clause: string, cases: readonly Case[]): void {
  describe(clause, () => {
    it.each(cases)('refuses %s', (_, statement, path) => {
      expect(validateStatement(statement, '1.0.3').map((problem) => problem.path.join('.'))).toContain(path);
    });
  });
}

function takes(clause: string, cases: readonly (readonly [title: string, statement: unknown])[]): void {
  describe(clause, () => {
    it.each(cases)('takes %s', (_, statement) => {
      expect(validateStatement(statement, '1.0.3')).toEqual([]);
    });
  });
}

refuses('xAPI 1.0.3 Data 2.2, formatting', [
  ['a list as a statement', [], ''],
  ['null as a statement', null, ''],
  ['a text as a statement', 'statement', ''],
  ['no actor', without(minimalStatement(), 'actor'), 'actor'],
  ['no verb', without(minimalStatement(), 'verb'), 'verb'],
  ['no object', without(minimalStatement(), 'object'), 'object'],
  ['null for a property', minimalStatement({ result: null }), 'result'],
  ['null deep inside', withDefinition({ name: { en: null } }), 'object.definition.name.en'],
  ['a property that xAPI does not know', minimalStatement({ mood: 'good' }), 'mood'],
  ['a property in another case', minimalStatement({ Result: {} }), 'Result'],
  ['an enumerated value in another case', withActor({ ...AGENT, objectType: 'agent' }), 'actor.objectType'],
  ['a number in a string', withResult({ score: { raw: '5' } }), 'result.score.raw'],
  ['a boolean in a string', withResult({ success: 'true' }), 'result.success'],
  ['a property named __proto__', JSON.parse('{"__proto__":{}}'), '__proto__'],
  ['a property named constructor', minimalStatement({ constructor: {} }), 'constructor'],
]);

refuses('xAPI 1.0.3 Data 2.4.1, id', [
  ['an id that is no UUID', minimalStatement({ id: 'one' }), 'id'],
  ['an id with a digit too many', minimalStatement({ id: `${UUID}0` }), 'id'],
  ['an id that is empty', minimalStatement({ id: '' }), 'id'],
]);

refuses('xAPI 1.0.3 Data 2.4.2, actor', [
  ['an Agent without an identifier', withActor({ name: 'Someone' }), 'actor'],
  ['an Agent with two identifiers', withActor({ ...AGENT, openid: 'http://someone.example.com' }), 'actor'],
  ['an mbox that is no mailto', withActor({ mbox: 'someone@example.com' }), 'actor.mbox'],
  ['an mbox_sha1sum of another length', withActor({ mbox_sha1sum: 'abc' }), 'actor.mbox_sha1sum'],
  ['an openid without a scheme', withActor({ openid: 'someone.example.com' }), 'actor.openid'],
  ['an account without homePage', withActor({ account: { name: 'x' } }), 'actor.account.homePage'],
  ['an account without name', withActor({ account: { homePage: 'http://example.com' } }), 'actor.account.name'],
  [
    'an account with a homePage without a scheme',
    withActor({ account: { homePage: 'example.com', name: 'x' } }),
    'actor.account.homePage',
  ],
  ['a name that is no string', withActor({ ...AGENT, name: 5 }), 'actor.name'],
  ['an Agent with members', withActor({ ...AGENT, member: [AGENT] }), 'actor.member'],
  ['an anonymous Group without members', withActor({ objectType: 'Group', name: 'All' }), 'actor.member'],
  [
    'a Group with two identifiers',
    withActor({ objectType: 'Group', ...AGENT, openid: 'http://x.example.com' }),
    'actor',
  ],
  [
    'a Group within a Group',
    withActor({ objectType: 'Group', member: [{ objectType: 'Group', member: [] }] }),
    'actor.member.0.objectType',
  ],
  ['a member without an identifier', withActor({ objectType: 'Group', member: [{ name: 'x' }] }), 'actor.member.0'],
]);

refuses('xAPI 1.0.3 Data 2.4.3, verb', [
  ['a verb without id', minimalStatement({ verb: { display: { en: 'tried' } } }), 'verb.id'],
  ['a verb id without a scheme', minimalStatement({ verb: { id: 'tried' } }), 'verb.id'],
  ['a verb id with a blank', minimalStatement({ verb: { id: 'http://example.com/has tried' } }), 'verb.id'],
  [
    'a display that is a text',
    minimalStatement({ verb: { id: 'http://example.com/v', display: 'tried' } }),
    'verb.display',
  ],
]);

refuses('xAPI 1.0.3 Data 2.4.4.1, activity', [
  ['an activity without id', withObject({ objectType: 'Activity' }), 'object.id'],
  ['an activity id that is no IRI', withObject({ id: 'activity' }), 'object.id'],
  [
    'an object of an unknown type',
    withObject({ objectType: 'Thing', id: 'http://example.com/x' }),
    'object.objectType',
  ],
  ['a type that is no IRI', withDefinition({ type: 'course' }), 'object.definition.type'],
  ['a moreInfo that is no IRL', withDefinition({ moreInfo: 'more' }), 'object.definition.moreInfo'],
  ['an extension key that is no IRI', withDefinition({ extensions: { key: 1 } }), 'object.definition.extensions.key'],
  ['an unknown interactionType', withDefinition({ interactionType: 'essay' }), 'object.definition.interactionType'],
  [
    'an interactionType in another case',
    withDefinition({ interactionType: 'True-False' }),
    'object.definition.interactionType',
  ],
  ['components without interactionType', withDefinition({ choices: [] }), 'object.definition.interactionType'],
  [
    'correct responses without interactionType',
    withDefinition({ correctResponsesPattern: [] }),
    'object.definition.interactionType',
  ],
  [
    'components of another type',
    withDefinition({ interactionType: 'likert', choices: [] }),
    'object.definition.choices',
  ],
  [
    'two components with one id',
    withDefinition({ interactionType: 'choice', choices: [{ id: 'a' }, { id: 'a' }] }),
    'object.definition.choices.1.id',
  ],
  [
    'a component without id',
    withDefinition({ interactionType: 'matching', source: [{ description: {} }] }),
    'object.definition.source.0.id',
  ],
  [
    'a component with a plain description',
    withDefinition({ interactionType: 'performance', steps: [{ id: 'a', description: 'x' }] }),
    'object.definition.steps.0.description',
  ],
  [
    'correct responses that are no texts',
    withDefinition({ interactionType: 'numeric', correctResponsesPattern: [4] }),
    'object.definition.correctResponsesPattern.0',
  ],
]);

refuses('xAPI 1.0.3 Data 2.4.4.2 and 2.4.4.3, other objects', [
  ['an Agent as object that does not say so', withObject(AGENT), 'object.mbox'],
  ['a StatementRef without id', withObject({ objectType: 'StatementRef' }), 'object.id'],
  ['a StatementRef to something that is no UUID', withObject({ objectType: 'StatementRef', id: 'x' }), 'object.id'],
  [
    'a SubStatement without actor',
    withObject({ objectType: 'SubStatement', verb: { id: 'http://example.com/v' }, object: ACTIVITY }),
    'object.actor',
  ],
  ['a SubStatement with id', subStatement({ id: UUID }), 'object.id'],
  ['a SubStatement with stored', subStatement({ stored: '2026-01-01T00:00:00Z' }), 'object.stored'],
  ['a SubStatement with version', subStatement({ version: '1.0.0' }), 'object.version'],
  ['a SubStatement with authority', subStatement({ authority: AGENT }), 'object.authority'],
  ['a SubStatement in a SubStatement', subStatement({ object: subStatement()['object'] }), 'object.object.objectType'],
  ['an invalid SubStatement', subStatement({ actor: {} }), 'object.actor'],
  [
    'voiding something that is no StatementRef (2.3.2)',
    minimalStatement({ verb: { id: 'http://adlnet.gov/expapi/verbs/voided' } }),
    'object.objectType',
  ],
]);

refuses('xAPI 1.0.3 Data 2.4.5, result', [
  ['a scaled score above 1', withResult({ score: { scaled: 1.01 } }), 'result.score.scaled'],
  ['a scaled score below -1', withResult({ score: { scaled: -1.01 } }), 'result.score.scaled'],
  ['a raw score below min', withResult({ score: { raw: 1, min: 2 } }), 'result.score.raw'],
  ['a raw score above max', withResult({ score: { raw: 3, max: 2 } }), 'result.score.raw'],
  ['a min that is not less than max', withResult({ score: { min: 2, max: 2 } }), 'result.score.max'],
  ['a duration that is a number', withResult({ duration: 5 }), 'result.duration'],
  ['a duration that is none', withResult({ duration: 'five minutes' }), 'result.duration'],
  ['weeks with days (4.6)', withResult({ duration: 'P4W1D' }), 'result.duration'],
  ['a response that is no text', withResult({ response: 5 }), 'result.response'],
]);

refuses('xAPI 1.0.3 Data 2.4.6, context', [
  ['a registration that is no UUID', withContext({ registration: 'x' }), 'context.registration'],
  ['a team that is an Agent', withContext({ team: AGENT }), 'context.team.objectType'],
  ['an instructor without an identifier', withContext({ instructor: { name: 'x' } }), 'context.instructor'],
  [
    'an unknown kind of context activity',
    withContext({ contextActivities: { sibling: [ACTIVITY] } }),
    'context.contextActivities.sibling',
  ],
  [
    'a context activity without id',
    withContext({ contextActivities: { parent: [{}] } }),
    'context.contextActivities.parent.0.id',
  ],
  ['a language that is no tag', withContext({ language: 'english_language' }), 'context.language'],
  ['a statement that is no StatementRef', withContext({ statement: { id: UUID } }), 'context.statement.objectType'],
  [
    'a revision when the object is an Agent',
    minimalStatement({ object: { objectType: 'Agent', ...AGENT }, context: { revision: '1' } }),
    'context.revision',
  ],
  [
    'a platform when the object is a StatementRef',
    minimalStatement({ object: { objectType: 'StatementRef', id: UUID }, context: { platform: 'x' } }),
    'context.platform',
  ],
]);

refuses('xAPI 1.0.3 Data 2.4.7 to 2.4.11, timestamp to attachments', [
  ['a timestamp that is none', minimalStatement({ timestamp: 'yesterday' }), 'timestamp'],
  ['a timestamp off the calendar', minimalStatement({ timestamp: '2026-02-30T10:00:00Z' }), 'timestamp'],
  ['a negative zero as zone', minimalStatement({ timestamp: '2026-02-20T10:00:00-00:00' }), 'timestamp'],
  [
    'an authority that is a Group of three',
    minimalStatement({ authority: { objectType: 'Group', member: [AGENT, AGENT, AGENT] } }),
    'authority.member',
  ],
  [
    'an authority that is an identified Group',
    minimalStatement({ authority: { objectType: 'Group', ...AGENT, member: [AGENT, AGENT] } }),
    'authority.mbox',
  ],
  ['a version before 1.0', minimalStatement({ version: '0.9.5' }), 'version'],
  ['a version after 1.0', minimalStatement({ version: '1.1.0' }), 'version'],
  [
    'an attachment without usageType',
    minimalStatement({ attachments: [without(ATTACHMENT, 'usageType')] }),
    'attachments.0.usageType',
  ],
  [
    'an attachment without display',
    minimalStatement({ attachments: [without(ATTACHMENT, 'display')] }),
    'attachments.0.display',
  ],
  ['an attachment whose length is no whole number', withAttachment({ length: 1.5 }), 'attachments.0.length'],
  ['an attachment with another hash', withAttachment({ sha2: 'xyz' }), 'attachments.0.sha2'],
  ['an attachment whose contentType is none', withAttachment({ contentType: 'pdf' }), 'attachments.0.contentType'],
  ['an attachment with a relative fileUrl', withAttachment({ fileUrl: '/file' }), 'attachments.0.fileUrl'],
]);

takes('xAPI 1.0.3 Data 2.4, what is allowed', [
  ['the least', minimalStatement()],
  [
    'null and anything inside extensions (4.1)',
    withResult({ extensions: { 'http://example.com/x': null, 'urn:x:y': [{ a: null }] } }),
  ],
  ['an Agent by mbox_sha1sum', withActor({ mbox_sha1sum: '0123456789abcdef0123456789ABCDEF01234567' })],
  ['an Agent by openid', withActor({ objectType: 'Agent', openid: 'http://someone.example.com/' })],
  ['an Agent by account', withActor({ account: { homePage: 'http://example.com', name: '' } })],
  ['an anonymous Group', withActor({ objectType: 'Group', member: [AGENT] })],
  ['an identified Group without members', withActor({ objectType: 'Group', ...AGENT })],
  ['an IRI with letters of any script', minimalStatement({ verb: { id: 'http://example.com/فعل/خواندن' } })],
  ['a URN', withObject({ id: 'urn:lectern:course:1' })],
  [
    'every kind of interaction',
    withDefinition({
      interactionType: 'matching',
      source: [{ id: 'a' }],
      target: [{ id: 'a', description: { en: 'x' } }],
    }),
  ],
  ['a StatementRef', withObject({ objectType: 'StatementRef', id: UUID.toUpperCase() })],
  ['a SubStatement', subStatement({ timestamp: '2126-01-01T00:00:00Z', result: { success: true } })],
  ['a Group as object', withObject({ objectType: 'Group', member: [AGENT] })],
  [
    'a voiding',
    minimalStatement({
      verb: { id: 'http://adlnet.gov/expapi/verbs/voided' },
      object: { objectType: 'StatementRef', id: UUID },
    }),
  ],
  ['bounds of a score that are reached', withResult({ score: { scaled: -1, raw: 2, min: 2, max: 2.5 } })],
  ['a single context activity', withContext({ contextActivities: { parent: ACTIVITY, other: [ACTIVITY, ACTIVITY] } })],
  ['revision and platform with an activity', withContext({ revision: '1', platform: 'web', language: 'zh-Hant-TW' })],
  [
    'an instructor that is a Group',
    withContext({ instructor: { objectType: 'Group', member: [AGENT] }, team: { objectType: 'Group', ...AGENT } }),
  ],
  [
    'an authority of application and user',
    minimalStatement({ authority: { objectType: 'Group', member: [AGENT, AGENT] } }),
  ],
  ['any patch version', minimalStatement({ version: '1.0.27' })],
  ['an attachment', withAttachment({ description: { de: 'Urkunde' }, fileUrl: 'https://example.com/c.pdf' })],
]);

describe('problems', () => {
  it('are all told, up to twenty, each with its path and a reason', () => {
    const problems = validateStatement(
      { actor: { name: 5 }, verb: {}, object: { objectType: 'Agent' }, more: 1 },
      '1.0.3',
    );
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['WRONG_TYPE', 'actor.name'],
      ['REQUIRED', 'actor'],
      ['REQUIRED', 'verb.id'],
      ['REQUIRED', 'object'],
      ['UNKNOWN_PROPERTY', 'more'],
    ]);
    expect(problems.every(({ message }) => message.length > 5)).toBe(true);
    const garbage = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`, index]));
    expect(validateStatement(garbage, '1.0.3')).toHaveLength(20);
  });
});
