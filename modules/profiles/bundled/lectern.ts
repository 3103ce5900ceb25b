import { contextExtension, defineProfile, included, only, resultExtension } from './define-profile.js';

const VERBS = 'http://adlnet.gov/expapi/verbs';
const ACTIVITIES = 'http://adlnet.gov/expapi/activities';
const EXTENSIONS = 'urn:lectern:xapi';
const COURSE = `${ACTIVITIES}/course`;
const LESSON = `${ACTIVITIES}/lesson`;
const SIMULATION = `${ACTIVITIES}/simulation`;
const ASSESSMENT = `${ACTIVITIES}/assessment`;
const INTERACTION = `${ACTIVITIES}/cmi.interaction`;

/** docs/statements.md, "What all have in common". */
const common = [
  included('$.id'),
  included('$.timestamp'),
  included('$.actor.account'),
  included('$.context.registration'),
  included('$.context.revision'),
  included('$.context.language'),
  included('$.context.contextActivities.grouping[*].id'),
  included(contextExtension(`${EXTENSIONS}:seconds-spent`)),
];
const inLesson = included('$.context.contextActivities.parent[*].id');
const extension = (name: string) => included(resultExtension(`${EXTENSIONS}:${name}`));
const duration = included('$.result.duration');
const score = included('$.result.score.scaled');

type Rule = (typeof common)[number];

/** A template of a verb and the type of what it is about. */
const said = (verb: string, type: string, definition: string, ...rules: Rule[]) => {
  const name = `${verb} ${type.slice(ACTIVITIES.length + 1)}`;
  return {
    ...{ id: `${EXTENSIONS}:template:${name.replace(' ', '-')}`, name, definition },
    ...{ verb: `${VERBS}/${verb}`, objectActivityType: type, rules: [...common, ...rules] },
  };
};

const count = { type: 'integer', minimum: 1 };
const seconds = { type: 'number', minimum: 0 };
const text = { type: 'string', minLength: 1 };
/** Values of a scenario's variables by the variable's id. */
const variables = { type: 'object', additionalProperties: { type: ['number', 'string', 'boolean'] } };
const completed = only('$.result.completion', true);

/** What Lectern's player says; docs/statements.md describes it. */
export const lectern = defineProfile({
  id: 'urn:lectern:xapi:profile',
  version: 'urn:lectern:xapi:profile:1',
  date: '2026-01-01T00:00:00Z',
  name: 'Lectern',
  definition: 'Statements of the player of this service, about courses, lessons, questions and decisions.',
  contextExtensions: {
    [`${EXTENSIONS}:seconds-spent`]: ['seconds spent', 'Seconds spent in the course over all launches.', seconds],
  },
  resultExtensions: {
    [`${EXTENSIONS}:progress`]: [
      'progress',
      'Percent of the required lessons that are complete.',
      { type: 'integer', minimum: 0, maximum: 100 },
    ],
    [`${EXTENSIONS}:attempt`]: ['attempt', 'Number of the attempt or of the answer, from 1.', count],
    [`${EXTENSIONS}:time-up`]: ['time up', 'Whether the time ended the attempt.', { type: 'boolean' }],
    [`${EXTENSIONS}:run`]: ['run', 'Number of the way through the scenario, from 1.', count],
    [`${EXTENSIONS}:node`]: ['node', 'Id of the decision.', text],
    [`${EXTENSIONS}:choice`]: ['choice', 'Id of the choice that was made.', text],
    [`${EXTENSIONS}:ending`]: ['ending', 'Id of the ending that was reached.', text],
    [`${EXTENSIONS}:outcome`]: ['outcome', 'What kind of ending it is.', text],
    [`${EXTENSIONS}:variables`]: ['variables', 'Variables of the scenario at its end.', variables],
    [`${EXTENSIONS}:variables-before`]: ['variables before', 'Variables before the choice.', variables],
    [`${EXTENSIONS}:variables-after`]: ['variables after', 'Variables after the choice.', variables],
    [`${EXTENSIONS}:seconds`]: ['seconds', 'Seconds that the decision took.', seconds],
  },
  templates: [
    said('initialized', COURSE, 'The course is opened.'),
    said('experienced', LESSON, 'A lesson is opened.', inLesson),
    said('experienced', SIMULATION, 'A scenario is opened.', inLesson),
    said('experienced', ASSESSMENT, 'An assessment is opened.', inLesson),
    said('answered', INTERACTION, 'An answer stands.', inLesson, included('$.result.response'), extension('attempt')),
    said(
      ...(['responded', INTERACTION, 'A choice is made in a scenario.'] as const),
      ...[inLesson, included('$.result.response'), duration, extension('run'), extension('node'), extension('choice')],
      ...[extension('variables-before'), extension('variables-after'), extension('seconds')],
    ),
    said(
      ...(['scored', SIMULATION, 'A scenario has come to an ending.'] as const),
      ...[inLesson, extension('run'), extension('ending'), extension('outcome'), extension('variables')],
    ),
    said(
      ...(['scored', ASSESSMENT, 'An attempt at an assessment is over.'] as const),
      ...[inLesson, score, included('$.result.success'), extension('attempt'), extension('time-up')],
    ),
    said('scored', COURSE, 'The score of the course is known, or better.', score),
    said('completed', LESSON, 'A lesson is complete.', inLesson, completed),
    said('completed', SIMULATION, 'A scenario is complete.', inLesson, completed),
    said('completed', ASSESSMENT, 'An assessment is complete.', inLesson, completed),
    said('progressed', COURSE, 'More of the required lessons are complete.', extension('progress')),
    said('passed', COURSE, 'The course is passed.', only('$.result.success', true), duration),
    said('failed', COURSE, 'The course is failed.', only('$.result.success', false), duration),
    said('completed', COURSE, 'Every required lesson is complete.', completed, duration),
    said('terminated', COURSE, 'The learner leaves.', duration, included('$.result.completion')),
  ],
});
