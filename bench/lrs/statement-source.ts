/** Statements as a busy LRS gets them: about 1,300 bytes once they are stored, of few verbs, some activities, many learners. */
import { randomUUID } from 'node:crypto';

export const VERBS = [
  'initialized',
  'experienced',
  'answered',
  'responded',
  'scored',
  'passed',
  'completed',
  'terminated',
];
export const LEARNERS = 500;
export const COURSES = 20;
const ELEMENTS = 20;

export const verbId = (index: number): string => `http://adlnet.gov/expapi/verbs/${VERBS[index % VERBS.length]!}`;
export const learner = (index: number): object => ({
  objectType: 'Agent',
  account: { homePage: 'https://lms.example.com', name: `learner-${index % LEARNERS}` },
});
export const courseId = (index: number): string =>
  `urn:lectern:course:01a2027b-90b3-7000-bb84-${String(index % COURSES).padStart(12, '0')}`;
export const elementId = (index: number): string =>
  `${courseId(index)}:element:01a2027b-90b4-7000-9ea7-${String(index % ELEMENTS).padStart(12, '0')}`;
/** Each learner has one a course. */
export const registrationOf = (index: number): string =>
  `01a2027b-90b5-4000-8000-${String((index % LEARNERS) * COURSES + (index % COURSES)).padStart(12, '0')}`;

const CHOICES = ['Reply at once', 'Ask a colleague first', 'Wait until tomorrow', 'Delete the comment'];

/** @param index decides learner, verb, activity and registration */
export function statementText(index: number): string {
  return JSON.stringify({
    id: randomUUID(),
    actor: { ...learner(index), name: `Learner ${index % LEARNERS}` },
    verb: { id: verbId(index), display: { en: VERBS[index % VERBS.length]! } },
    object: {
      objectType: 'Activity',
      id: elementId(index),
      definition: {
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        name: { en: 'A customer complains in public. What do you do first?' },
        interactionType: 'choice',
        correctResponsesPattern: ['c2'],
        choices: CHOICES.map((text, choice) => ({ id: `c${choice + 1}`, description: { en: text } })),
      },
    },
    result: { response: 'c2', success: true, score: { scaled: 1 }, duration: 'PT12.34S' },
    context: {
      registration: registrationOf(index),
      contextActivities: {
        parent: [{ objectType: 'Activity', id: `${courseId(index)}:element:01a2027b-90b4-7000-9ea7-lesson` }],
        grouping: [{ objectType: 'Activity', id: courseId(index) }],
      },
      revision: '1',
      language: 'en',
      extensions: { 'urn:lectern:xapi:seconds-spent': 321.5 },
    },
    timestamp: new Date().toISOString(),
  });
}
