/** The hand-written SQL of a page: prepared, by the bare driver, its JSON joined into the text of an answer. */
import pg from 'pg';
import { median } from '../../row.js';
import type { Question, QueryShape } from './shapes.js';
import { valuesOf } from './shapes.js';

/** @returns `{"statements":[...]}` */
export async function askBare(client: pg.ClientBase, shape: QueryShape, question: Question): Promise<string> {
  const { rows } = await client.query<{ text: string }>({
    name: shape.name,
    text: shape.sql,
    values: valuesOf(shape, question),
  });
  return `{"statements":[${rows.map(({ text }) => text).join(',')}]}`;
}

/** @returns the median time of a page, in milliseconds */
export async function timeBare(
  client: pg.ClientBase,
  shape: QueryShape,
  questions: readonly Question[],
): Promise<number> {
  const times: number[] = [];
  for (const question of questions) {
    const began = performance.now();
    await askBare(client, shape, question);
    times.push(performance.now() - began);
  }
  return median(times);
}

/** @returns pages a second, of all clients together */
export async function throughputOfBare(
  clients: readonly pg.ClientBase[],
  shape: QueryShape,
  questions: readonly Question[],
): Promise<number> {
  const waiting = questions.values();
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      for (const question of waiting) await askBare(client, shape, question);
    }),
  );
  return questions.length / ((performance.now() - began) / 1_000);
}
