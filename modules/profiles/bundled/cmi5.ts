import {
  contextExtension,
  defineProfile,
  excluded,
  included,
  never,
  only,
  resultExtension,
  some,
} from './define-profile.js';

const VERBS = 'http://adlnet.gov/expapi/verbs';
const ADL_VERBS = 'https://w3id.org/xapi/adl/verbs';
const CATEGORIES = 'https://w3id.org/xapi/cmi5/context/categories';
const CONTEXT = 'https://w3id.org/xapi/cmi5/context/extensions';
const RESULT = 'https://w3id.org/xapi/cmi5/result/extensions';
const TYPES = 'https://w3id.org/xapi/cmi5/activitytype';
const TEMPLATES = 'urn:lectern:profiles:cmi5:template';
const PATTERNS = 'urn:lectern:profiles:cmi5:pattern';

const categoryIds = '$.context.contextActivities.category[*].id';

/** cmi5 9.1, 9.2, 9.6, 9.7: what every statement has that cmi5 defines. */
const common = [
  included('$.id'),
  never('$.actor.objectType', 'Group'),
  included('$.actor.account'),
  included('$.timestamp'),
  included('$.context.registration'),
  some(categoryIds, `${CATEGORIES}/cmi5`),
  included('$.context.contextActivities.grouping[*].id'),
  included(contextExtension(`${CONTEXT}/sessionid`)),
];
const aboutActivity = never('$.object.objectType', 'Agent', 'Group', 'StatementRef', 'SubStatement');
/** cmi5 9.6.2.2: exactly the statements with success or completion. */
const counts = some(categoryIds, `${CATEGORIES}/moveon`);
const countsNot = never(categoryIds, `${CATEGORIES}/moveon`);
const noScore = excluded('$.result.score');
const noSuccess = excluded('$.result.success');
const noCompletion = excluded('$.result.completion');
const duration = included('$.result.duration');
const success = (value: boolean) => only('$.result.success', value);
const completion = only('$.result.completion', true);

const id = (word: string) => `${TEMPLATES}:${word}`;

/** Statements that cmi5 defines (cmi5 specification, section 9); those that it only allows do not name it in category. */
export const cmi5 = defineProfile({
  id: 'https://w3id.org/xapi/cmi5',
  // What cmi5 has in category is what tells its statements, as a version of a profile does.
  version: `${CATEGORIES}/cmi5`,
  date: '2016-06-01T00:00:00Z',
  name: 'cmi5',
  definition: 'Statements that an LMS and an assignable unit exchange by the cmi5 specification, section 9.',
  seeAlso: 'https://aicc.github.io/CMI-5_Spec_Current/',
  activityTypes: {
    [`${TYPES}/block`]: ['block', 'A group of assignable units and blocks within a course.'],
    [`${TYPES}/course`]: ['course', 'All blocks and assignable units of one course structure.'],
  },
  contextExtensions: {
    [`${CONTEXT}/sessionid`]: ['session id', 'Tells one launch of an assignable unit (9.6.3.1).', { type: 'string' }],
    [`${CONTEXT}/masteryscore`]: [
      'mastery score',
      'The scaled score from which on the unit is passed (9.6.3.2).',
      { type: 'number', minimum: 0, maximum: 1 },
    ],
    [`${CONTEXT}/launchmode`]: [
      'launch mode',
      'Whether the launch counts (9.6.3.3).',
      { enum: ['Normal', 'Browse', 'Review'] },
    ],
    [`${CONTEXT}/launchurl`]: [
      'launch URL',
      'The address that was launched, without its parameters (9.6.3.4).',
      { type: 'string', format: 'uri' },
    ],
    [`${CONTEXT}/moveon`]: [
      'move on',
      'When the unit counts as satisfied (9.6.3.6).',
      { enum: ['Passed', 'Completed', 'CompletedAndPassed', 'CompletedOrPassed', 'NotApplicable'] },
    ],
    [`${CONTEXT}/launchparameters`]: [
      'launch parameters',
      'What the course structure passes on (9.6.3.7).',
      { type: 'string' },
    ],
  },
  resultExtensions: {
    [`${RESULT}/progress`]: [
      'progress',
      'Percent of the unit that is complete (9.5.5.1).',
      { type: 'integer', minimum: 0, maximum: 100 },
    ],
    [`${RESULT}/reason`]: ['reason', 'Why the unit was waived (9.5.5.2).', { type: 'string' }],
  },
  activities: {
    [`${CATEGORIES}/cmi5`]: ['cmi5', 'Marks statements that cmi5 defines (9.6.2.1).'],
    [`${CATEGORIES}/moveon`]: ['move on', 'Marks statements that count for moving on (9.6.2.2).'],
  },
  templates: [
    {
      ...{ id: id('launched'), name: 'launched', verb: `${VERBS}/launched` },
      definition: 'The LMS launches an assignable unit (9.3.1).',
      rules: [
        ...[...common, aboutActivity, countsNot, noScore, noSuccess, noCompletion],
        included(contextExtension(`${CONTEXT}/launchmode`)),
        included(contextExtension(`${CONTEXT}/launchurl`)),
        included(contextExtension(`${CONTEXT}/moveon`)),
      ],
    },
    {
      ...{ id: id('initialized'), name: 'initialized', verb: `${VERBS}/initialized` },
      definition: 'The unit is ready: its first statement in a session (9.3.2).',
      rules: [...common, aboutActivity, countsNot, noScore, noSuccess, noCompletion],
    },
    {
      ...{ id: id('completed'), name: 'completed', verb: `${VERBS}/completed` },
      definition: 'The learner has done all of the unit (9.3.3).',
      rules: [...common, aboutActivity, counts, noScore, noSuccess, completion, duration],
    },
    {
      ...{ id: id('passed'), name: 'passed', verb: `${VERBS}/passed` },
      definition: 'The learner was judged and has passed (9.3.4).',
      rules: [...common, aboutActivity, counts, success(true), noCompletion, duration],
    },
    {
      ...{ id: id('failed'), name: 'failed', verb: `${VERBS}/failed` },
      definition: 'The learner was judged and has failed (9.3.5).',
      rules: [...common, aboutActivity, counts, success(false), noCompletion, duration],
    },
    {
      ...{ id: id('abandoned'), name: 'abandoned', verb: `${ADL_VERBS}/abandoned` },
      definition: 'The LMS ends a session that the unit has not ended (9.3.6).',
      rules: [...common, aboutActivity, countsNot, noScore, noSuccess, noCompletion, duration],
    },
    {
      ...{ id: id('waived'), name: 'waived', verb: `${ADL_VERBS}/waived` },
      definition: 'The LMS finds the unit met by other means (9.3.7).',
      rules: [
        ...[...common, aboutActivity, counts, noScore, success(true), completion],
        included(resultExtension(`${RESULT}/reason`)),
      ],
    },
    {
      ...{ id: id('terminated'), name: 'terminated', verb: `${VERBS}/terminated` },
      definition: 'The unit ends the session: its last statement (9.3.8).',
      rules: [...common, aboutActivity, countsNot, noScore, noSuccess, noCompletion, duration],
    },
    {
      ...{ id: id('satisfied'), name: 'satisfied', verb: `${ADL_VERBS}/satisfied` },
      definition: 'A block or a course is met (9.3.9, 9.4).',
      rules: [
        ...[...common, countsNot, noScore, noSuccess, noCompletion],
        only('$.object.definition.type', `${TYPES}/block`, `${TYPES}/course`),
      ],
    },
  ],
  patterns: [
    {
      ...{ id: `${PATTERNS}:session`, name: 'session', primary: true },
      definition: 'One launch of a unit, from the LMS that launches it to the end (9.3).',
      sequence: [
        id('launched'),
        id('initialized'),
        `${PATTERNS}:results`,
        `${PATTERNS}:end`,
        `${PATTERNS}:satisfactions`,
      ],
    },
    {
      ...{ id: `${PATTERNS}:waiver`, name: 'waiver', primary: true },
      definition: 'A unit that need not be taken, and what that satisfies (9.3.7).',
      sequence: [id('waived'), `${PATTERNS}:satisfactions`],
    },
    {
      ...{ id: `${PATTERNS}:satisfied-outside`, name: 'satisfied outside of a launch', primary: true },
      definition: 'Blocks and courses that are met without a launch (9.3.9).',
      oneOrMore: id('satisfied'),
    },
    {
      ...{ id: `${PATTERNS}:results`, name: 'results', zeroOrMore: `${PATTERNS}:result` },
      definition: 'What happens in a session.',
    },
    {
      ...{ id: `${PATTERNS}:result`, name: 'result' },
      definition: 'The unit or the LMS tells a result.',
      alternates: [id('completed'), id('passed'), id('failed'), id('satisfied')],
    },
    {
      ...{ id: `${PATTERNS}:end`, name: 'end' },
      definition: 'The unit ends the session, or the LMS does it.',
      alternates: [id('terminated'), id('abandoned')],
    },
    {
      ...{ id: `${PATTERNS}:satisfactions`, name: 'satisfactions', zeroOrMore: id('satisfied') },
      definition: 'Blocks and courses that are met.',
    },
  ],
});
