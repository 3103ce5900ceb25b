/** A file of statements to import that is made while it is sent, and a count of what of it is in the store. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Client } from 'pg';
import type { Json } from './statements.js';

const VERBS = ['initialized', 'experienced', 'answered', 'completed', 'passed', 'terminated'];
const LEARNERS = 5_000;
const ACTIVITIES = 2_000;

/** By which a stored statement is known again. */
const LINE = 'http://example.com/extensions/line';

/** Statements of a line each; every third has no id. */
export function statementOfLine(line: number): Json {
  const course = `http://example.com/courses/${line % 40}`;
  return {
    ...(line % 3 === 0 ? {} : { id: idOfLine(line) }),
    actor: {
      name: `Learner ${line % LEARNERS}`,
      account: { homePage: 'https://lms.example.com', name: `l-${line % LEARNERS}` },
    },
    verb: {
      id: `http://adlnet.gov/expapi/verbs/${VERBS[line % VERBS.length]!}`,
      display: { en: VERBS[line % VERBS.length]! },
    },
    object: {
      id: `http://example.com/activities/${line % ACTIVITIES}`,
      definition: { type: 'http://adlnet.gov/expapi/activities/lesson', name: { en: `Lesson ${line % ACTIVITIES}` } },
    },
    result: { score: { scaled: (line % 101) / 100 }, duration: `PT${line % 600}S`, extensions: { [LINE]: line } },
    context: { contextActivities: { grouping: [{ id: course }] }, language: 'en' },
    timestamp: new Date(Date.UTC(2026, 0, 1) + line * 1_000).toISOString(),
  };
}

const idOfLine = (line: number): string =>
  createHash('sha256')
    .update(`line ${line}`)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Newline-delimited JSON of so many statements, compressed by gzip, never whole in memory. */
export function importFile(lines: number): Readable {
  function* text(): Generator<string> {
    for (let line = 1; line <= lines; line += 1) yield `${JSON.stringify(statementOfLine(line))}\n`;
  }
  return Readable.from(text()).pipe(createGzip({ level: 1 }));
}

/** What is in the store of a file. */
export interface Inventory {
  readonly missing: number;
  readonly twice: number;
  /** Not of the file, or under another id than the file says. */
  readonly foreign: number;
}

/** Looks at every statement that there is, some thousands at a time, in one pass over the table. */
export async function inventory(client: Client, lines: number): Promise<Inventory> {
  const seen = new Uint8Array(lines + 1);
  let foreign = 0;
  await client.query('BEGIN');
  await client.query(
    `DECLARE stored CURSOR FOR
       SELECT id, (payload #>> ARRAY['result', 'extensions', '${LINE}'])::int AS line FROM statements`,
  );
  for (;;) {
    const { rows } = await client.query<{ id: string; line: number | null }>('FETCH 20000 FROM stored');
    if (rows.length === 0) break;
    for (const { id, line } of rows) {
      const isOurs = line !== null && line >= 1 && line <= lines && (line % 3 === 0 || id === idOfLine(line));
      if (isOurs) seen[line] = Math.min(2, seen[line]! + 1);
      else foreign += 1;
    }
  }
  await client.query('COMMIT');
  const count = (times: number) => seen.subarray(1).reduce((sum, one) => sum + (one === times ? 1 : 0), 0);
  return { missing: count(0), twice: count(2), foreign };
}
