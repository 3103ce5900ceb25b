/** The kinds of pages that are asked for, each as a request to an LRS and as the SQL that somebody would write for it. */
import { DEFAULT_ORGANIZATION_ID } from '../../../modules/access/index.js';
import { identifierOf, positionAt, termKey } from '../../../modules/lrs/index.js';
import { courseId, elementId, instructor, learner, registrationOf, verbId } from '../statement-source.js';
import { coursesOf, instructorOf } from './population.js';
import type { Population } from './population.js';

export const PAGE = 100;

/** Of whom and what one page is; every shape takes what it needs of it. */
export interface Question {
  readonly learner: number;
  readonly course: number;
  readonly element: number;
  readonly verb: number;
  /** Milliseconds since 1970. */
  readonly since: number;
}

export interface QueryShape {
  readonly name: string;
  /** The parameters of GET /statements, without the limit. */
  readonly parameters: (question: Question) => Record<string, string>;
  /** The same page by hand, of rows with `text`; $1 is the organization. Nothing is voided, nothing refers to other statements. */
  readonly sql: string;
  readonly values: (question: Question) => readonly unknown[];
}

const agentKey = (actor: object) => termKey('agent', identifierOf(actor)!);
const sinceText = ({ since }: Question) => new Date(since).toISOString();
const sincePosition = ({ since }: Question) => positionAt(since + 1);

/** A page by one term, which `narrow` confines to the places that the plain filters look at. */
const byTerm = (narrow: string) =>
  `SELECT s.payload::text AS text
     FROM statement_terms t JOIN statements s ON s.organization_id = $1 AND s.position = t.position
    WHERE t.organization_id = $1 AND t.key = $2 ${narrow} ORDER BY t.position DESC LIMIT ${PAGE}`;

const byColumn = (conditions: string, order: 'ASC' | 'DESC' = 'DESC') =>
  `SELECT s.payload::text AS text FROM statements s
    WHERE s.organization_id = $1 AND ${conditions} ORDER BY s.position ${order} LIMIT ${PAGE}`;

export const SHAPES: readonly QueryShape[] = [
  {
    name: 'agent',
    parameters: (question) => ({ agent: JSON.stringify(learner(question.learner)) }),
    sql: byTerm('AND t.narrow'),
    values: (question) => [agentKey(learner(question.learner))],
  },
  {
    name: 'activity',
    parameters: (question) => ({ activity: elementId(question) }),
    sql: byTerm('AND t.narrow'),
    values: (question) => [termKey('activity', elementId(question))],
  },
  {
    name: 'verb',
    parameters: ({ verb }) => ({ verb: verbId(verb) }),
    sql: byColumn('s.verb_key = $2'),
    values: ({ verb }) => [termKey('verb', verbId(verb))],
  },
  {
    name: 'registration',
    parameters: (question) => ({ registration: registrationOf(question) }),
    sql: byColumn('s.registration = $2'),
    values: (question) => [registrationOf(question)],
  },
  {
    name: 'since',
    parameters: (question) => ({ since: sinceText(question) }),
    sql: byColumn('s.position >= $2::bigint'),
    values: (question) => [sincePosition(question)],
  },
  {
    name: 'since, ascending',
    parameters: (question) => ({ since: sinceText(question), ascending: 'true' }),
    sql: byColumn('s.position >= $2::bigint', 'ASC'),
    values: (question) => [sincePosition(question)],
  },
  {
    name: 'agent, verb and since',
    parameters: (question) => ({
      agent: JSON.stringify(learner(question.learner)),
      verb: verbId(question.verb),
      since: sinceText(question),
    }),
    sql: `SELECT s.payload::text AS text
            FROM statement_terms t JOIN statements s ON s.organization_id = $1 AND s.position = t.position
           WHERE t.organization_id = $1 AND t.key = $2 AND t.narrow AND t.position >= $4::bigint
             AND s.verb_key = $3 AND s.position >= $4::bigint ORDER BY t.position DESC LIMIT ${PAGE}`,
    values: (question) => [
      agentKey(learner(question.learner)),
      termKey('verb', verbId(question.verb)),
      sincePosition(question),
    ],
  },
  {
    name: 'related_agents',
    parameters: ({ course }) => ({ agent: JSON.stringify(instructor(instructorOf(course))), related_agents: 'true' }),
    sql: byTerm(''),
    values: ({ course }) => [agentKey(instructor(instructorOf(course)))],
  },
  {
    name: 'related_activities',
    parameters: ({ course }) => ({ activity: courseId(course), related_activities: 'true' }),
    sql: byTerm(''),
    values: ({ course }) => [termKey('activity', courseId(course))],
  },
];

export const queryOf = (shape: QueryShape, question: Question): string =>
  new URLSearchParams({ ...shape.parameters(question), limit: String(PAGE) }).toString();

export const valuesOf = (shape: QueryShape, question: Question): unknown[] => [
  DEFAULT_ORGANIZATION_ID,
  ...shape.values(question),
];

/** Learners that have something, but not the most of all: from the one to the other of these parts of them. */
const [FIRST_ASKED, LAST_ASKED] = [0.01, 0.16];

/**
 * Questions whose pages are full, of other learners and courses each. The verb is the most frequent, so that one learner has
 * a page of it.
 *
 * @param since milliseconds since 1970, when most statements had still to come
 */
export function questionsOf(count: number, population: Population, since: number): Question[] {
  return Array.from({ length: count }, (_, nth) => {
    const place = FIRST_ASKED + ((LAST_ASKED - FIRST_ASKED) * nth) / count;
    const asked = Math.floor(population.learners * place);
    return { learner: asked, course: coursesOf(asked, population)[nth % 3]!, element: nth % 20, verb: 0, since };
  });
}
