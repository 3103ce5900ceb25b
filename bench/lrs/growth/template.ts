/** Statements that the service has stored, as SQL of the text of others like them. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { VOIDED } from '../../../modules/lrs/xapi/statement.js';
import { HttpConnection } from '../http-connection.js';
import type { Target } from '../load-generator.js';
import { courseId, registrationOf, statementOf, VERBS } from '../statement-source.js';

/**
 * Expressions over the columns id, stored (milliseconds since 1970), learner, verb_name, course, element and registration;
 * the voiding's over id, stored and target_id.
 */
export interface Templates {
  readonly statement: string;
  readonly voiding: string;
}

const EVENT = { learner: 999_001, verb: 2, course: 9_002, element: 9_003, instructor: 999_004 };
export const VOIDER = { account: { homePage: 'https://lms.example.com', name: 'administrator' } };

const digits = (sql: string) => `lpad(${sql}::text, 12, '0')`;
const STORED = `to_char(to_timestamp(stored / 1000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Stores a statement and its voiding, and makes SQL of what was stored. */
export async function storeTemplates(target: Target, client: pg.Client): Promise<Templates> {
  const statement = statementOf(EVENT);
  const { id, timestamp } = JSON.parse(statement) as { id: string; timestamp: string };
  const object = { objectType: 'StatementRef', id };
  const voidingId = randomUUID();
  const voiding = JSON.stringify({ id: voidingId, actor: VOIDER, verb: { id: VOIDED }, object, timestamp });
  await post(target, `[${statement},${voiding}]`);
  const [stored, storedVoiding] = [await storedText(client, id), await storedText(client, voidingId)];
  return {
    statement: textSql(stored, {
      ...stampsIn(stored, id, timestamp),
      [registrationOf(EVENT)]: 'registration',
      [courseId(EVENT.course)]: `'${courseId(EVENT.course).slice(0, -12)}' || ${digits('course')}`,
      [String(EVENT.element).padStart(12, '0')]: digits('element'),
      [`instructor-${EVENT.instructor}`]: `'instructor-' || course::text`,
      [String(EVENT.learner)]: 'learner::text',
      [VERBS[EVENT.verb]!]: 'verb_name',
    }),
    voiding: textSql(storedVoiding, { ...stampsIn(storedVoiding, voidingId, timestamp), [id]: 'target_id::text' }),
  };
}

async function post(target: Target, body: string): Promise<void> {
  const connection = await HttpConnection.open(target.url);
  const headers = {
    authorization: target.authorization,
    'content-type': 'application/json',
    'x-experience-api-version': '1.0.3',
  };
  const answer = await connection.send({ method: 'POST', path: `${target.path}/statements`, headers, body });
  connection.close();
  if (answer.status !== 200) throw new Error(answer.body);
}

async function storedText(client: pg.Client, id: string): Promise<string> {
  const { rows } = await client.query<{ text: string }>(
    'SELECT payload::text AS text FROM statements JOIN statement_ids USING (organization_id, position) WHERE statement_ids.id = $1',
    [id],
  );
  return rows[0]!.text;
}

function stampsIn(text: string, id: string, timestamp: string): Record<string, string> {
  const { stored } = JSON.parse(text) as { stored: string };
  return { [id]: 'id::text', [timestamp]: STORED, [stored]: STORED };
}

/** The text with SQL in the place of each of its parts that are named, the longest first. */
function textSql(text: string, parts: Readonly<Record<string, string>>): string {
  const found = Object.keys(parts).sort((one, other) => other.length - one.length);
  const pieces = text.split(new RegExp(`(${found.join('|')})`));
  return pieces.map((piece) => parts[piece] ?? `'${piece.replaceAll("'", "''")}'`).join(' || ');
}
