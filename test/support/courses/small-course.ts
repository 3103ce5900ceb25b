/** A course small enough to reckon with in one's head, with one of everything that keeps something of the learner. */
import type {
  AssessmentLesson,
  CourseDocument,
  Lesson,
  Question,
  ScenarioLesson,
} from '../../../exporters/document/index.js';
import { idsWithState } from '../../../exporters/player/state/index.js';

/** `id(7)` is the id of element 7: readable in a failing test, and a valid UUID. */
export const id = (number: number): string => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const PAGE = id(1);
export const CHECKLIST = id(11);
export const CHECK = id(12);
export const TEXT = id(13);
export const SCENARIO = id(2);
export const TRUST = id(20);
export const SCENE = id(21);
export const DECISION = id(22);
export const APOLOGISE = id(23);
export const ARGUE = id(24);
export const WAIT = id(25);
export const GOOD_END = id(26);
export const POOR_END = id(27);
export const ASSESSMENT = id(3);
export const SINGLE = id(31);
export const MULTIPLE = id(32);
export const LIKERT = id(33);
export const OPTIONAL_PAGE = id(4);

export const singleChoice: Question = {
  kind: 'single-choice',
  id: SINGLE,
  prompt: '<p>Which reply <em>fits</em>?</p>',
  weight: 3,
  objectives: ['reply'],
  feedback: { correct: '<p>Yes.</p>', incorrect: '<p>No.</p>' },
  options: [
    { id: 'a', text: '<p>An apology</p>', correct: true, feedback: '<p>It calms.</p>' },
    { id: 'b', text: '<p>A joke</p>', correct: false },
    { id: 'c', text: '<p>Silence</p>', correct: false },
  ],
};

export const multipleChoice: Question = {
  kind: 'multiple-choice',
  id: MULTIPLE,
  prompt: '<p>What may be shared?</p>',
  scoring: 'PER_OPTION',
  options: [
    { id: 'a', text: '<p>Published figures</p>', correct: true },
    { id: 'b', text: '<p>The press release</p>', correct: true },
    { id: 'c', text: '<p>A draft</p>', correct: false },
  ],
};

export const likert: Question = {
  kind: 'likert',
  id: LIKERT,
  prompt: '<p>I know whom to ask.</p>',
  scale: [
    { id: 'no', label: 'No' },
    { id: 'yes', label: 'Yes' },
  ],
};

export const scenario: ScenarioLesson = {
  kind: 'scenario',
  id: SCENARIO,
  title: 'A complaint',
  variables: [{ kind: 'number', id: TRUST, name: 'Trust', shown: true, minimum: 0, maximum: 100, initial: 50 }],
  nodes: [
    {
      kind: 'scene',
      id: SCENE,
      body: '<p>A customer complains.</p>',
      choices: [],
      edges: [{ kind: 'edge', id: id(28), target: DECISION }],
    },
    {
      kind: 'decision',
      id: DECISION,
      prompt: '<p>What do you do?</p>',
      edges: [],
      choices: [
        {
          kind: 'choice',
          id: APOLOGISE,
          text: 'Apologise',
          target: GOOD_END,
          effects: [{ variable: TRUST, operation: 'ADD', number: 30 }],
        },
        {
          kind: 'choice',
          id: ARGUE,
          text: 'Argue',
          target: POOR_END,
          guard: { match: 'ALL', conditions: [{ variable: TRUST, operator: 'LESS', number: 50 }] },
        },
        {
          kind: 'choice',
          id: WAIT,
          text: 'Wait',
          target: SCENE,
          effects: [{ variable: TRUST, operation: 'ADD', number: -20 }],
        },
      ],
    },
    {
      kind: 'ending',
      id: GOOD_END,
      title: 'Calm',
      outcome: 'GOOD',
      score: 90,
      body: '<p>b</p>',
      choices: [],
      edges: [],
    },
    {
      kind: 'ending',
      id: POOR_END,
      title: 'Anger',
      outcome: 'POOR',
      score: 20,
      body: '<p>b</p>',
      choices: [],
      edges: [],
    },
  ],
};

export const assessment: AssessmentLesson = {
  kind: 'assessment',
  id: ASSESSMENT,
  title: 'Test',
  passMark: 80,
  attempts: 2,
  feedback: 'AT_THE_END',
  questions: [singleChoice, multipleChoice, likert],
};

const page: Lesson = {
  kind: 'page',
  id: PAGE,
  title: 'Read me',
  blocks: [
    {
      kind: 'checklist',
      id: CHECKLIST,
      items: [
        { id: 'one', text: '<p>One</p>' },
        { id: 'two', text: '<p>Two</p>' },
      ],
    },
    {
      kind: 'knowledge-check',
      id: CHECK,
      question: { kind: 'true-false', prompt: '<p>Posts are private.</p>', answer: false },
    },
    { kind: 'text', id: TEXT, body: '<p>Text</p>' },
  ],
};

const optionalPage: Lesson = { kind: 'page', id: OPTIONAL_PAGE, title: 'More', optional: true, blocks: [] };

/** The course, with other lessons or other fields of its own where they are given. */
export function smallCourse({
  lessons = [page, scenario, assessment, optionalPage],
  ...fields
}: Partial<CourseDocument> & { lessons?: Lesson[] } = {}): CourseDocument {
  const document: CourseDocument = {
    schemaVersion: 1,
    id: id(9),
    version: 1,
    contentHash: '0'.repeat(64),
    title: 'Small course',
    slug: 'small-course',
    language: 'en',
    objectives: [
      { id: 'reply', text: 'Reply well' },
      { id: 'know', text: 'Know the policy' },
    ],
    completionRule: 'ASSESSMENT_MASTERY',
    sections: [{ id: id(8), title: 'Section', lessons }],
    assets: [],
    slots: {},
    ...fields,
  };
  const slots = Object.fromEntries(idsWithState(document).map((element, place) => [element, place]));
  return { ...document, slots: { ...slots, ...fields.slots } };
}

export { page, optionalPage };
