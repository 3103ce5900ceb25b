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
export const ELEMENTS = 20;
const LEARNERS = 500;
const COURSES = 20;

/** What one statement does not share with the others. */
export interface Event {
  readonly learner: number;
  readonly verb: number;
  readonly course: number;
  /** Of the course. */
  readonly element: number;
  /** Who teaches, where somebody does. */
  readonly instructor?: number;
}

const digits = (value: number): string => String(value).padStart(12, '0');

export const verbId = (verb: number): string => `http://adlnet.gov/expapi/verbs/${VERBS[verb]!}`;
export const learner = (number: number): object => accountOf(`learner-${number}`);
export const instructor = (number: number): object => accountOf(`instructor-${number}`);
export const courseId = (course: number): string => `urn:lectern:course:01a2027b-90b3-7000-bb84-${digits(course)}`;
export const lessonId = ({ course }: Pick<Event, 'course'>): string =>
  `${courseId(course)}:element:01a2027b-90b4-7000-9ea7-lesson`;
export const elementId = ({ course, element }: Pick<Event, 'course' | 'element'>): string =>
  `${courseId(course)}:element:01a2027b-90b4-7000-9ea7-${digits(element)}`;
/** Each learner has one a course. */
export const registrationOf = (event: Pick<Event, 'learner' | 'course'>): string =>
  `01a2027b-90b5-4000-8000-${digits(event.learner * 10_000 + event.course)}`;

const CHOICES = ['Reply at once', 'Ask a colleague first', 'Wait until tomorrow', 'Delete the comment'];

/** A statement of a learner, a verb, a course and an element for each index. */
export const statementText = (index: number): string =>
  statementOf({
    learner: index % LEARNERS,
    verb: index % VERBS.length,
    course: index % COURSES,
    element: index % ELEMENTS,
  });

/** @returns its JSON, with an id that is new */
export function statementOf(event: Event): string {
  return JSON.stringify({
    id: randomUUID(),
    actor: { ...learner(event.learner), name: `Learner ${event.learner}` },
    verb: { id: verbId(event.verb), display: { en: VERBS[event.verb]! } },
    object: {
      objectType: 'Activity',
      id: elementId(event),
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
      registration: registrationOf(event),
      ...(event.instructor !== undefined && { instructor: instructor(event.instructor) }),
      contextActivities: {
        parent: [{ objectType: 'Activity', id: lessonId(event) }],
        grouping: [{ objectType: 'Activity', id: courseId(event.course) }],
      },
      revision: '1',
      language: 'en',
      extensions: { 'urn:lectern:xapi:seconds-spent': 321.5 },
    },
    timestamp: new Date().toISOString(),
  });
}

const accountOf = (name: string) => ({ objectType: 'Agent', account: { homePage: 'https://lms.example.com', name } });
