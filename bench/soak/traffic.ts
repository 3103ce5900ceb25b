/** What clients of an LRS do, all at the same time: each a loop of requests, one at a time, until the time is over. */
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection } from '../lrs/http-connection.js';
import type { BareAnswer, BareRequest } from '../lrs/http-connection.js';
import type { Target } from '../lrs/load-generator.js';
import { eventAt, populationOf } from '../lrs/queries/population.js';
import { queryOf, SHAPES } from '../lrs/queries/shapes.js';
import { learner, statementOf } from '../lrs/statement-source.js';

/** Between two requests of a client: the data of a long run stay within a few gigabytes. */
const PAUSE_MS = 10;
const BATCH = 25;
/** Statements that retries choose from. */
const REMEMBERED = 2_000;
const POPULATION = populationOf(100_000);
const MOST_ERRORS_KEPT = 20;

interface Kind {
  readonly name: string;
  readonly clients: number;
  readonly send: (traffic: Traffic, connection: HttpConnection) => Promise<void>;
}

const KINDS: readonly Kind[] = [
  { name: 'single statements', clients: 3, send: (traffic, connection) => traffic.post(connection, 1) },
  { name: 'batches', clients: 1, send: (traffic, connection) => traffic.post(connection, BATCH) },
  { name: 'retries', clients: 1, send: (traffic, connection) => traffic.postAgain(connection) },
  { name: 'queries', clients: 3, send: (traffic, connection) => traffic.query(connection) },
  { name: 'state documents', clients: 2, send: (traffic, connection) => traffic.useState(connection) },
];

export class Traffic {
  /** Ids of statements that were acknowledged. */
  readonly acknowledged = new Set<string>();
  readonly requests = new Map<string, number>();
  readonly errors: string[] = [];
  failed = 0;
  private next = 0;
  private readonly remembered: string[] = [];
  private readonly headers: Readonly<Record<string, string>>;

  constructor(private readonly target: Target) {
    this.headers = {
      authorization: target.authorization,
      'x-experience-api-version': '1.0.3',
      'content-type': 'application/json',
    };
  }

  async run(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1_000;
    await Promise.all(KINDS.flatMap((kind) => Array.from({ length: kind.clients }, () => this.loop(kind, until))));
  }

  /** New statements. */
  async post(connection: HttpConnection, count: number): Promise<void> {
    const texts = Array.from({ length: count }, () => statementOf(eventAt((this.next += 1), POPULATION)));
    const body = count === 1 ? texts[0]! : `[${texts.join(',')}]`;
    const answer = await this.send(connection, { method: 'POST', path: '/statements', body }, 200);
    for (const id of JSON.parse(answer.body) as string[]) this.acknowledged.add(id);
    for (const text of texts) this.remembered[this.next % REMEMBERED] = text;
  }

  /** Statements that are stored already, as a client does that has missed the answer. */
  async postAgain(connection: HttpConnection): Promise<void> {
    const known = this.remembered.filter((text) => text !== undefined);
    const texts = Array.from({ length: Math.min(BATCH, known.length) }, () => oneOf(known));
    const body = `[${[...new Set(texts)].join(',')}]`;
    await this.send(connection, { method: 'POST', path: '/statements', body }, 200);
  }

  /** A page of any kind and the one after it, in any format, or one statement. */
  async query(connection: HttpConnection): Promise<void> {
    const { learner: who, course, element, verb } = eventAt(Math.floor(Math.random() * 1e6), POPULATION);
    const question = { learner: who, course, element, verb, since: Date.now() - Math.random() * 120_000 };
    const format = oneOf(['exact', 'exact', 'ids', 'canonical']);
    const path = `/statements?${queryOf(oneOf(SHAPES), question)}&format=${format}`;
    const page = JSON.parse((await this.send(connection, { method: 'GET', path }, 200)).body) as {
      statements: { id: string }[];
      more: string;
    };
    if (page.more !== '') {
      await this.send(connection, { method: 'GET', path: page.more.slice(this.target.path.length) }, 200);
    }
    const [first] = page.statements;
    if (first) await this.send(connection, { method: 'GET', path: `/statements?statementId=${first.id}` }, 200);
  }

  /** A document of a learner: put, read, and at times deleted. */
  async useState(connection: HttpConnection): Promise<void> {
    const query = new URLSearchParams({
      activityId: 'http://example.com/activities/soak',
      agent: JSON.stringify(learner(Math.floor(Math.random() * 500))),
      stateId: `soak-${Math.floor(Math.random() * 20)}`,
    }).toString();
    const path = `/activities/state?${query}`;
    const body = JSON.stringify({ at: Date.now(), answers: Array.from({ length: 30 }, (_, index) => index) });
    await this.send(connection, { method: 'PUT', path, body }, 204);
    // Another client may have deleted it meanwhile.
    await this.send(connection, { method: 'GET', path }, 200, 404);
    if (Math.random() < 0.1) await this.send(connection, { method: 'DELETE', path }, 204);
  }

  private async loop({ name, send }: Kind, until: number): Promise<void> {
    const connection = await HttpConnection.open(this.target.url);
    while (performance.now() < until) {
      this.requests.set(name, (this.requests.get(name) ?? 0) + 1);
      try {
        await send(this, connection);
      } catch (error) {
        this.failed += 1;
        if (this.errors.length < MOST_ERRORS_KEPT) this.errors.push(`${name}: ${String(error)}`);
      }
      await sleep(PAUSE_MS);
    }
    connection.close();
  }

  private async send(
    connection: HttpConnection,
    request: Omit<BareRequest, 'headers'>,
    ...expected: readonly number[]
  ): Promise<BareAnswer> {
    const path = `${this.target.path}${request.path}`;
    const answer = await connection.send({ ...request, path, headers: this.headers });
    if (expected.includes(answer.status)) return answer;
    throw new Error(`${request.method} ${request.path} was answered ${answer.status}: ${answer.body.slice(0, 300)}`);
  }
}

const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;
