/** POST /xapi/statements, against the bare driver writing the same rows, and against a peer when there is one. */
import pg from 'pg';
import { median, type Benchmark, type Row } from '../row.js';
import { startBenchService, type BenchService } from '../service.js';
import { BareHttp } from './bare-http.js';
import {
  BARE,
  BARE_BY_HTTP,
  connectBare,
  describeTables,
  insertBare,
  lastPosition,
  ofOrganization,
  storedBatches,
} from './bare-tables.js';
import type { BareBatch, Table } from './bare-tables.js';
import { LoadGenerator } from './load-generator.js';
import type { LoadResult, Target } from './load-generator.js';
import { peer } from './peer.js';

interface Shape {
  readonly what: string;
  readonly batch: number;
  readonly clients: number;
  /** Requests a round. */
  readonly requests: number;
  /** What the ratio to the bare driver must reach. */
  readonly wanted: number;
}

const SHAPES: readonly Shape[] = [
  { what: 'single statements from 32 clients', batch: 1, clients: 32, requests: 6_000, wanted: 1 },
  { what: 'batches of 50 from 4 clients', batch: 50, clients: 4, requests: 800, wanted: 0.6 },
  { what: 'batches of 500 from 4 clients', batch: 500, clients: 4, requests: 80, wanted: 0.6 },
];
const ROUNDS_BEFORE = 2;
const ROUNDS = 5;
/** Peers are slow: a part of the requests tells as much. They get batches from one client: some deadlock on two at a time. */
const SHARE_FOR_PEERS = 0.03;
const askPeer = (shape: Shape): Shape => (shape.batch === 1 ? shape : { ...shape, clients: 1 });

interface Round {
  readonly ours: LoadResult;
  readonly bare: number;
  /** The bare driver, behind Node's HTTP server. */
  readonly bareHttp: number;
  readonly peer: number | undefined;
}

/** Connections of the bare driver; those behind HTTP write for an organization of their own. */
interface BareClients {
  readonly alone: readonly pg.Client[];
  readonly behindHttp: readonly pg.Client[];
}

class PostBenchmark {
  private next = 0;

  constructor(
    private readonly bench: BenchService,
    private readonly load: LoadGenerator,
    private readonly owner: pg.Client,
    private readonly bare: BareClients,
    private readonly tables: readonly Table[],
  ) {}

  async rows(shape: Shape): Promise<Row[]> {
    // Code that has not run often is slow, on both sides.
    for (let round = 0; round < ROUNDS_BEFORE; round += 1) await this.round(shape);
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await this.round(shape));
    const { what, batch, wanted } = shape;
    const statements = ({ requests, seconds }: LoadResult) => (requests * batch) / seconds;
    const ratioTo = (other: (round: Round) => number): number =>
      median(rounds.map((round) => statements(round.ours) / other(round)));
    const ours = median(rounds.map((round) => statements(round.ours)));
    const unit = 'statements/s';
    const rows: Row[] = [
      {
        what: `POST ${what}`,
        ours,
        bare: median(rounds.map(({ bare }) => bare)),
        ratio: ratioTo(({ bare }) => bare),
        wanted,
        unit,
      },
      {
        what: `POST ${what}, against the driver behind node:http`,
        ours,
        bare: median(rounds.map(({ bareHttp }) => bareHttp)),
        ratio: ratioTo(({ bareHttp }) => bareHttp),
        unit,
      },
    ];
    if (rounds[0]!.peer !== undefined) {
      const bare = median(rounds.map((round) => round.peer!));
      rows.push({
        what: `POST ${what}, against the peer`,
        ours,
        bare,
        ratio: ratioTo((round) => round.peer!),
        wanted: 5,
        unit,
      });
    }
    if (batch === 1) {
      const [p50, p99] = [median(rounds.map((round) => round.ours.p50)), median(rounds.map((round) => round.ours.p99))];
      rows.push({
        what: `POST ${what}: p99 to p50`,
        ours: p99,
        bare: p50,
        ratio: p99 / p50,
        wanted: 4,
        bound: 'at most',
        unit: 'ms',
      });
    }
    return rows;
  }

  private async round(shape: Shape): Promise<Round> {
    const before = await lastPosition(this.owner);
    const target = { url: this.bench.service.url, path: '/xapi', authorization: this.bench.authorization };
    const ours = await this.post(target, shape, shape.requests);
    const batches = await storedBatches(this.owner, this.tables, before, shape.batch);
    const bare = await this.insert(ofOrganization(batches, BARE), shape);
    const bareHttp = await this.insertByHttp(ofOrganization(batches, BARE_BY_HTTP), shape);
    const other = peer();
    const theirs = other && (await this.post(other, askPeer(shape), Math.ceil(shape.requests * SHARE_FOR_PEERS)));
    return { ours, bare, bareHttp, peer: theirs && (theirs.requests * shape.batch) / theirs.seconds };
  }

  private post(target: Target, { batch, clients }: Shape, requests: number): Promise<LoadResult> {
    const first = this.next;
    this.next += requests * batch;
    return this.load.run({ target, clients, work: { kind: 'POST', requests, batch, first } });
  }

  /** @returns statements a second */
  private async insert(batches: readonly BareBatch[], { batch, clients }: Shape): Promise<number> {
    const waiting = batches.values();
    const began = performance.now();
    await Promise.all(
      this.bare.alone.slice(0, clients).map(async (client) => {
        for (const rows of waiting) await insertBare(client, rows);
      }),
    );
    return (batches.length * batch) / ((performance.now() - began) / 1_000);
  }

  /** As a service would that only parses what is sent. @returns statements a second */
  private async insertByHttp(batches: readonly BareBatch[], shape: Shape): Promise<number> {
    const waiting = batches.values();
    const free = [...this.bare.behindHttp];
    const http = await BareHttp.start(async ({ body }) => {
      const sent = [JSON.parse(body)].flat() as { id: string }[];
      const client = free.pop()!;
      await insertBare(client, waiting.next().value!);
      free.push(client);
      return JSON.stringify(sent.map(({ id }) => id));
    });
    try {
      const { requests, seconds } = await this.post(http.target, shape, batches.length);
      return (requests * shape.batch) / seconds;
    } finally {
      http.stop();
    }
  }
}

async function run(): Promise<Row[]> {
  const bench = await startBenchService();
  const load = LoadGenerator.start();
  const { ownerUrl, serviceUrl } = bench.service.database;
  const owner = new pg.Client({ connectionString: ownerUrl });
  const most = Math.max(...SHAPES.map((shape) => shape.clients));
  const bare = {
    alone: await connectBare(serviceUrl, BARE, most),
    behindHttp: await connectBare(serviceUrl, BARE_BY_HTTP, most),
  };
  try {
    await owner.connect();
    const benchmark = new PostBenchmark(bench, load, owner, bare, await describeTables(owner));
    const rows: Row[] = [];
    for (const shape of SHAPES) rows.push(...(await benchmark.rows(shape)));
    return rows;
  } finally {
    load.stop();
    await Promise.all([owner, ...bare.alone, ...bare.behindHttp].map((client) => client.end()));
    await bench.close();
  }
}

export default { name: 'post', run } satisfies Benchmark;
