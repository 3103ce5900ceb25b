/** GET /xapi/statements, against the hand-written SQL of the same page, and against a peer when there is one. */
import pg from 'pg';
import { median, type Benchmark, type Row } from '../row.js';
import { startBenchService, type BenchService } from '../service.js';
import { BareHttp } from './bare-http.js';
import { LoadGenerator } from './load-generator.js';
import type { LoadResult, Target } from './load-generator.js';
import { peer } from './peer.js';
import { askBare, throughputOfBare, timeBare } from './queries/bare-query.js';
import { populationOf } from './queries/population.js';
import { PAGE, queryOf, questionsOf, SHAPES } from './queries/shapes.js';
import type { Question, QueryShape } from './queries/shapes.js';

const STATEMENTS = 50_000;
const BATCH = 500;
/** What is stored before the time that queries with `since` give. */
const BEFORE_SINCE = 0.1;
const QUESTIONS = 60;
const ROUNDS = 7;
const CLIENTS = 4;
/** Peers are slow: a part of the requests tells as much. */
const SHARE_FOR_PEERS = 0.2;

const POPULATION = populationOf(STATEMENTS);

interface Round {
  readonly ours: LoadResult;
  readonly bare: number;
  /** The bare driver, behind Node's HTTP server. */
  readonly bareHttp: LoadResult;
  /** Pages a second, of several clients. */
  readonly many: { readonly ours: number; readonly bare: number };
  readonly peer: LoadResult | undefined;
}

/** An LRS with the statements, and what to ask it. */
interface Loaded {
  readonly target: Target;
  readonly questions: readonly Question[];
}

class QueryBenchmark {
  constructor(
    private readonly load: LoadGenerator,
    private readonly clients: readonly pg.Client[],
    private readonly ours: Loaded,
    private readonly bareHttp: Loaded,
    private readonly peer: Loaded | undefined,
  ) {}

  async rows(shape: QueryShape): Promise<Row[]> {
    await this.requireSameRows(shape);
    await this.round(shape);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await this.round(shape));
    const what = `GET by ${shape.name}`;
    const ours = median(rounds.map((round) => round.ours.p50));
    const timed = (bare: (round: Round) => number) => ({
      ours,
      bare: median(rounds.map(bare)),
      ratio: median(rounds.map((round) => round.ours.p50 / bare(round))),
      bound: 'at most' as const,
      unit: 'ms',
    });
    const rows: Row[] = [
      { what, ...timed(({ bare }) => bare), wanted: 1.5 },
      { what: `${what}, against the SQL behind node:http`, ...timed(({ bareHttp }) => bareHttp.p50) },
    ];
    if (this.peer) {
      rows.push({ what: `${what}, against the peer`, ...timed((round) => round.peer!.p50), wanted: 1 });
    }
    rows.push({
      what: `${what}, ${CLIENTS} clients`,
      ours: median(rounds.map(({ many }) => many.ours)),
      bare: median(rounds.map(({ many }) => many.bare)),
      ratio: median(rounds.map(({ many }) => many.ours / many.bare)),
      unit: 'pages/s',
      wanted: 1 / 1.5,
    });
    return rows;
  }

  private async round(shape: QueryShape): Promise<Round> {
    const { ours, peer: other } = this;
    const inTurn = await this.ask(ours, shape, 1, QUESTIONS);
    const bare = await timeBare(this.clients[0]!, shape, ours.questions);
    const bareHttp = await this.ask(this.bareHttp, shape, 1, QUESTIONS);
    const { requests, seconds } = await this.ask(ours, shape, CLIENTS, QUESTIONS);
    const many = { ours: requests / seconds, bare: await throughputOfBare(this.clients, shape, ours.questions) };
    const theirs = other && (await this.ask(other, shape, 1, Math.ceil(QUESTIONS * SHARE_FOR_PEERS)));
    return { ours: inTurn, bare, bareHttp, many, peer: theirs };
  }

  private ask(
    { target, questions }: Loaded,
    shape: QueryShape,
    clients: number,
    requests: number,
  ): Promise<LoadResult> {
    const queries = questions.slice(0, requests).map((question) => queryOf(shape, question));
    return this.load.run({ target, clients, work: { kind: 'GET', queries } });
  }

  /** @throws Error when the service gives other statements than the SQL, or less than a page */
  private async requireSameRows(shape: QueryShape): Promise<void> {
    const { target, questions } = this.ours;
    for (const question of questions) {
      const answer = await fetch(`${target.url}${target.path}/statements?${queryOf(shape, question)}`, {
        headers: { authorization: target.authorization, 'x-experience-api-version': '1.0.3' },
      });
      const [ours, bare] = [await answer.text(), await askBare(this.clients[0]!, shape, question)].map(idsOf);
      if (String(ours) !== String(bare)) throw new Error(`${shape.name}: other statements than the SQL's.`);
      if (ours!.length < PAGE)
        throw new Error(`${shape.name}: ${JSON.stringify(question)} has ${ours!.length} statements.`);
    }
  }
}

const idsOf = (text: string): string[] =>
  (JSON.parse(text) as { statements: { id: string }[] }).statements.map(({ id }) => id);

/** Answers each query of each shape with the SQL that belongs to it. */
function answerBare(client: pg.Client, questions: readonly Question[]): Promise<BareHttp> {
  const known = new Map(
    SHAPES.flatMap((shape) => questions.map((question) => [queryOf(shape, question), { shape, question }])),
  );
  return BareHttp.start(({ query }) => {
    const { shape, question } = known.get(query)!;
    return askBare(client, shape, question);
  });
}

/** Stores the statements. */
async function fill(load: LoadGenerator, target: Target, clients: number): Promise<Loaded> {
  const post = (requests: number, first: number) =>
    load.run({ target, clients, work: { kind: 'POST', requests, batch: BATCH, first, population: POPULATION } });
  const before = (STATEMENTS / BATCH) * BEFORE_SINCE;
  await post(before, 0);
  const since = Date.now();
  await post(STATEMENTS / BATCH - before, before * BATCH);
  return { target, questions: questionsOf(QUESTIONS, POPULATION, since) };
}

async function compare(bench: BenchService, load: LoadGenerator, clients: readonly pg.Client[]): Promise<Row[]> {
  const target = { url: bench.service.url, path: '/xapi', authorization: bench.authorization };
  const ours = await fill(load, target, CLIENTS);
  const other = peer();
  // Some deadlock on two batches at a time.
  const theirs = other && (await fill(load, other, 1));
  await clients[0]!.query('VACUUM ANALYZE');
  const http = await answerBare(clients[0]!, ours.questions);
  try {
    const bareHttp = { target: http.target, questions: ours.questions };
    const benchmark = new QueryBenchmark(load, clients, ours, bareHttp, theirs);
    const rows: Row[] = [];
    for (const shape of SHAPES) rows.push(...(await benchmark.rows(shape)));
    return rows;
  } finally {
    http.stop();
  }
}

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const load = LoadGenerator.start();
  const clients = Array.from(
    { length: CLIENTS },
    () => new pg.Client({ connectionString: bench.service.database.ownerUrl }),
  );
  try {
    await Promise.all(clients.map((client) => client.connect()));
    return await compare(bench, load, clients);
  } finally {
    load.stop();
    await Promise.all(clients.map((client) => client.end()));
    await bench.close();
  }
}

export default { name: 'query', run } satisfies Benchmark;
