/** SQL that makes statements, the terms by which they are found, and voidings of some of them. */
import type pg from 'pg';
import { DEFAULT_ORGANIZATION_ID } from '../../../modules/access/index.js';
import { identifierOf, positionAt, termKey } from '../../../modules/lrs/index.js';
import { VOIDED } from '../../../modules/lrs/xapi/statement.js';
import { COURSES_OF_A_LEARNER, instructorOf, LEARNER_SKEW, VERB_SKEW } from '../queries/population.js';
import type { Population } from '../queries/population.js';
import {
  courseId,
  elementId,
  ELEMENTS,
  instructor,
  learner,
  lessonId,
  registrationOf,
  verbId,
  VERBS,
} from '../statement-source.js';
import { VOIDER } from './template.js';
import type { Templates } from './template.js';

/** One in so many statements is voided by the next. */
const ONE_VOIDED_IN = 200;

const ORGANIZATION = `'${DEFAULT_ORGANIZATION_ID}'::uuid`;
const REGISTRATION = `'${registrationOf({ learner: 0, course: 0 }).slice(0, -12)}' || lpad((learner * 10000 + course)::text, 12, '0')`;

const agentKey = (actor: object) => termKey('agent', identifierOf(actor)!);
const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

/** Tables of keys, as the service makes them. */
export async function makeKeys(client: pg.Client, { learners, courses }: Population): Promise<void> {
  const list = numbers(courses);
  const table = (
    name: string,
    columns: Readonly<Record<string, readonly [type: string, values: readonly unknown[]]>>,
  ) =>
    client.query(
      `CREATE TABLE bench_${name} AS SELECT * FROM unnest(${Object.values(columns)
        .map(([type], index) => `$${index + 1}::${type}[]`)
        .join(', ')}) AS t (${Object.keys(columns).join(', ')})`,
      Object.values(columns).map(([, values]) => values),
    );
  await table('learners', {
    learner: ['integer', numbers(learners)],
    learner_key: ['uuid', numbers(learners).map((number) => agentKey(learner(number)))],
  });
  await table('verbs', {
    verb: ['integer', VERBS.map((_, verb) => verb)],
    verb_name: ['text', VERBS],
    verb_key: ['uuid', VERBS.map((_, verb) => termKey('verb', verbId(verb)))],
  });
  await table('courses', {
    course: ['integer', list],
    course_key: ['uuid', list.map((course) => termKey('activity', courseId(course)))],
    lesson_key: ['uuid', list.map((course) => termKey('activity', lessonId({ course })))],
    instructor_key: ['uuid', list.map((course) => agentKey(instructor(instructorOf(course))))],
  });
  const elements = list.flatMap((course) => numbers(ELEMENTS).map((element) => ({ course, element })));
  await table('elements', {
    course: ['integer', elements.map(({ course }) => course)],
    element: ['integer', elements.map(({ element }) => element)],
    element_key: ['uuid', elements.map((one) => termKey('activity', elementId(one)))],
  });
}

/** @param from when the first was stored, the last a moment ago; milliseconds since 1970 */
export const madeSql = (statements: number, { learners, courses }: Population, from: number): string => {
  const first = BigInt(positionAt(from));
  const step = (BigInt(positionAt(Date.now() - 60_000)) - first) / BigInt(statements);
  return `
    CREATE UNLOGGED TABLE bench_made AS
      SELECT random.*, (learner * 7 + nth_course) % ${courses} AS course, position / 1000000 AS stored
        FROM (SELECT ${first} + nth * ${step} AS position, nth, gen_random_uuid() AS id,
                     floor(${learners} * random() ^ ${LEARNER_SKEW})::integer AS learner,
                     floor(${VERBS.length} * random() ^ ${VERB_SKEW})::integer AS verb,
                     floor(${COURSES_OF_A_LEARNER} * random())::integer AS nth_course,
                     floor(${ELEMENTS} * random())::integer AS element
                FROM generate_series(0::bigint, ${statements - 1}) AS nth) AS random`;
};

export const statementsSql = ({ statement }: Templates): string => `
  INSERT INTO statements (organization_id, position, id, verb_key, registration, voiding, payload)
  SELECT ${ORGANIZATION}, position, id, verb_key, registration::uuid, false, (${statement})::json
    FROM (SELECT *, ${REGISTRATION} AS registration FROM bench_made JOIN bench_verbs USING (verb)) AS made`;

export const idsSql = `INSERT INTO statement_ids SELECT ${ORGANIZATION}, id, position FROM bench_made`;

/** @param authority keys of the authority as an agent and as an authority */
export const termsViewSql = ([agent, authority]: readonly [string, string]): string => `
  CREATE VIEW bench_terms AS
    SELECT made.*, term.key, term.narrow
      FROM bench_made made JOIN bench_learners USING (learner) JOIN bench_courses USING (course)
      JOIN bench_elements USING (course, element)
     CROSS JOIN LATERAL (VALUES (learner_key, true), (element_key, true), (lesson_key, false), (course_key, false),
                                (instructor_key, false), ('${agent}'::uuid, false), ('${authority}', true)) AS term (key, narrow)`;

export const termsSql = `INSERT INTO statement_terms SELECT ${ORGANIZATION}, key, position, narrow FROM bench_terms`;

/** What the service writes for a voiding, and for what it is found by: the statement that it voids. */
export function* voidingSql({ voiding }: Templates, [agent, authority]: readonly [string, string]): Generator<string> {
  yield `CREATE TABLE bench_voidings AS
           SELECT gen_random_uuid() AS id, made.position + 1 AS position, stored, made.id AS target_id, made.position AS target,
                  verb_key, (${REGISTRATION})::uuid AS registration
             FROM bench_made made JOIN bench_verbs USING (verb) WHERE nth % ${ONE_VOIDED_IN} = 0`;
  yield `INSERT INTO statements (organization_id, position, id, verb_key, target_id, voiding, payload)
         SELECT ${ORGANIZATION}, position, id, '${termKey('verb', VOIDED)}', target_id, true, (${voiding})::json
           FROM bench_voidings`;
  yield `INSERT INTO statement_ids SELECT ${ORGANIZATION}, id, position FROM bench_voidings`;
  yield `INSERT INTO statement_terms
         SELECT ${ORGANIZATION}, key::uuid, position, narrow FROM bench_voidings
          CROSS JOIN (VALUES ('${agentKey(VOIDER)}', true), ('${agent}', false), ('${authority}', true)) AS term (key, narrow)`;
  yield `INSERT INTO statement_targets (organization_id, target_id, position, id, voiding)
         SELECT ${ORGANIZATION}, target_id, position, id, true FROM bench_voidings`;
  yield `INSERT INTO statement_references (organization_id, position, target_position, verb_key, registration)
         SELECT ${ORGANIZATION}, position, target, verb_key, registration FROM bench_voidings`;
  yield `INSERT INTO statement_reference_terms (organization_id, key, position, target_position, narrow)
         SELECT ${ORGANIZATION}, key, v.position, target, narrow
           FROM bench_voidings v JOIN bench_terms ON bench_terms.id = v.target_id`;
}
