/** The identifiers that the player's statements use; docs/statements.md explains each. */

export type VerbWord =
  | 'initialized'
  | 'progressed'
  | 'experienced'
  | 'answered'
  | 'responded'
  | 'scored'
  | 'passed'
  | 'failed'
  | 'completed'
  | 'terminated';

/** ADL's verbs: their ids differ in the last word only. */
export const verbOf = (word: VerbWord) => ({
  id: `http://adlnet.gov/expapi/verbs/${word}`,
  display: { en: word },
});

const ADL_ACTIVITY = 'http://adlnet.gov/expapi/activities/';

export const ACTIVITY_TYPES = {
  course: `${ADL_ACTIVITY}course`,
  page: `${ADL_ACTIVITY}lesson`,
  scenario: `${ADL_ACTIVITY}simulation`,
  assessment: `${ADL_ACTIVITY}assessment`,
  interaction: `${ADL_ACTIVITY}cmi.interaction`,
} as const;

/** Extension keys (Data 2.4.5, 2.4.6): what xAPI has no field for. */
export const EXTENSIONS = {
  /** Context: seconds spent in the course over all launches, up to this statement. */
  secondsSpent: 'urn:lectern:xapi:seconds-spent',
  /** Result of `progressed`: percent of the required lessons that are complete, 0 to 100. */
  progress: 'urn:lectern:xapi:progress',
  /** Number of the attempt at an assessment, or how often a knowledge check was answered, from 1. */
  attempt: 'urn:lectern:xapi:attempt',
  /** Whether an attempt at an assessment ended because its time was over. */
  timeUp: 'urn:lectern:xapi:time-up',
  /** Number of the run through a scenario, from 1. */
  run: 'urn:lectern:xapi:run',
  /** Element ids of the decision, the choice, and the ending of a scenario. */
  node: 'urn:lectern:xapi:node',
  choice: 'urn:lectern:xapi:choice',
  ending: 'urn:lectern:xapi:ending',
  outcome: 'urn:lectern:xapi:outcome',
  /** Values of a scenario's variables by the variable's element id. */
  variables: 'urn:lectern:xapi:variables',
  variablesBefore: 'urn:lectern:xapi:variables-before',
  variablesAfter: 'urn:lectern:xapi:variables-after',
  /** Seconds that a decision took. */
  seconds: 'urn:lectern:xapi:seconds',
} as const;

export const courseActivityId = (courseId: string): string => `urn:lectern:course:${courseId}`;
export const elementActivityId = (courseId: string, elementId: string): string =>
  `${courseActivityId(courseId)}:element:${elementId}`;
