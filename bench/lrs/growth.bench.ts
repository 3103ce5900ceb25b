/** GET /xapi/statements while the store grows: each page within 1.5 times of its own time in the smallest store. */
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { Parameters } from '../../modules/lrs/http/parameters.js';
import { GET_PARAMETERS, searchOf } from '../../modules/lrs/http/statement-query.js';
import { searchStatement } from '../../modules/lrs/statements/statement-search.store.js';
import { PLANNING } from '../../src/platform/database/direct-sql.js';
import { withClient, withOptions } from '../../src/platform/database/server.js';
import { median, type Benchmark, type Row } from '../row.js';
import { startBenchService, type BenchService } from '../service.js';
import { sizeOf } from './disk.js';
import { fill } from './growth/fill.js';
import { LoadGenerator } from './load-generator.js';
import { populationOf } from './queries/population.js';
import { queryOf, questionsOf, SHAPES } from './queries/shapes.js';
import type { Question, QueryShape } from './queries/shapes.js';

const SIZES = [50_000, 200_000];
const QUESTIONS = 60;
const ROUNDS = 7;
/** Statements come evenly over two years; queries with `since` ask for the last of them, but for a tenth of the time. */
const SPAN_MS = 730 * 24 * 60 * 60 * 1_000;
const BEFORE_SINCE = 0.1;

/** A store of one size, and what is measured of it. */
interface Store {
  readonly statements: number;
  readonly bench: BenchService;
  readonly questions: readonly Question[];
  /** Milliseconds of a page, in each round. */
  readonly times: ReadonlyMap<QueryShape, number[]>;
}

/** @param sizes how many statements; those of a quick run when there are none */
async function run(sizes: readonly number[]): Promise<Row[]> {
  const load = LoadGenerator.start();
  const stores: Store[] = [];
  try {
    for (const size of sizes.length > 0 ? sizes : SIZES) stores.push(await storeOf(size));
    for (let round = -1; round < ROUNDS; round += 1) await measureRound(stores, load, round);
    const rows: Row[] = [];
    for (const store of stores) rows.push(...timesOf(store, stores[0]!), ...(await figuresOf(store)));
    return rows;
  } finally {
    load.stop();
    for (const { bench } of stores) await bench.close();
  }
}

/** Of all in turn: what else the machine does meanwhile hits all sizes alike. A round before the first is not counted. */
async function measureRound(stores: readonly Store[], load: LoadGenerator, round: number): Promise<void> {
  for (const shape of SHAPES) {
    for (const store of stores) {
      const time = await timeOf(store, load, shape);
      if (round >= 0) store.times.get(shape)!.push(time);
    }
  }
}

async function storeOf(statements: number): Promise<Store> {
  const bench = await startBenchService();
  const from = Date.now() - SPAN_MS;
  const began = performance.now();
  await fill(bench, statements, from);
  console.log(`${statements} statements, filled in ${Math.round((performance.now() - began) / 1_000)} s`);
  const questions = questionsOf(QUESTIONS, populationOf(statements), from + SPAN_MS * BEFORE_SINCE);
  return { statements, bench, questions, times: new Map(SHAPES.map((shape) => [shape, []])) };
}

/** @returns the median time of a page */
async function timeOf({ bench, questions }: Store, load: LoadGenerator, shape: QueryShape): Promise<number> {
  const target = { url: bench.service.url, path: '/xapi', authorization: bench.authorization };
  const queries = questions.map((question) => queryOf(shape, question));
  return (await load.run({ target, clients: 1, work: { kind: 'GET', queries } })).p50;
}

/** As the service asks: what it prepares is planned for all values, everything else for those that are given. */
async function sequentialScans({ service }: BenchService, question: Question): Promise<string[]> {
  return withClient(withOptions(service.database.serviceUrl, PLANNING), async (client) => {
    await client.query(`SELECT set_config('lectern.organization_id', $1, false)`, [DEFAULT_ORGANIZATION_ID]);
    const found: string[] = [];
    for (const shape of SHAPES) {
      const parameters = new Parameters({ ...shape.parameters(question), limit: '100' }, GET_PARAMETERS);
      const { name, text, values } = searchStatement(DEFAULT_ORGANIZATION_ID, searchOf(parameters));
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        name === undefined ? `EXPLAIN ${text}` : `EXPLAIN (GENERIC_PLAN) ${text}`,
        name === undefined ? (values as unknown[]) : undefined,
      );
      if (rows.some((row) => row['QUERY PLAN'].includes('Seq Scan'))) found.push(shape.name);
    }
    return found;
  });
}

const timesOf = ({ statements, times }: Store, smallest: Store): Row[] =>
  SHAPES.map((shape) => {
    const [here, there] = [times.get(shape)!, smallest.times.get(shape)!];
    return {
      what: `GET by ${shape.name}, of ${statements} statements`,
      ours: median(here),
      bare: median(there),
      ratio: median(here.map((time, round) => time / there[round]!)),
      wanted: 1.5,
      bound: 'at most',
      unit: 'ms',
    };
  });

async function figuresOf({ bench, statements, questions }: Store): Promise<Row[]> {
  const sequential = await sequentialScans(bench, questions[0]!);
  const { json, all } = await sizeOf(bench);
  const bound = 'at most';
  return [
    {
      what: `plans that read a whole table, of ${statements} statements`,
      ours: sequential.length,
      wanted: 0,
      bound,
      unit: '',
    },
    {
      what: `disk for a statement of ${Math.round(json)} bytes, of ${statements}`,
      ours: all,
      bare: json,
      ratio: all / json,
      wanted: 2.2,
      bound,
      unit: 'bytes',
    },
  ];
}

export default { name: 'growth', run } satisfies Benchmark;
