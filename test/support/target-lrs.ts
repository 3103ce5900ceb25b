/** A small LRS of others, for what sends statements to it: it checks what it must, and can be made to fail. */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { listeningAddress } from '../../src/platform/http/public-address.js';
import type { Json } from './statements.js';

/** What it answers in the place of storing; undefined: it stores. */
export interface Mishap {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Manners = Mishap | 'hang' | undefined;

export interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly statements: readonly Json[];
}

export class TargetLrs {
  /** Statements in the order in which they came; each once. */
  readonly stored: Json[] = [];
  readonly requests: ReceivedRequest[] = [];
  /** Called for each POST before anything is stored; `hang` never answers. */
  mishap: (statements: readonly Json[], request: IncomingMessage) => Manners | Promise<Manners> = () => undefined;
  /** Milliseconds that it takes for a POST. */
  pause = 0;
  /** Most POSTs at the same time. */
  atOnce = 0;
  private underWay = 0;
  private server: Server | undefined;
  private port = 0;

  constructor(
    /** Text of the header Authorization that it accepts. */
    private readonly authorization: string,
    private readonly version = '1.0.3',
  ) {}

  static async start(authorization: string, version?: string): Promise<TargetLrs> {
    const target = new TargetLrs(authorization, version);
    await target.start();
    return target;
  }

  /** Listens; after a stop at the same port. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.server = server;
    this.port = Number(new URL(listeningAddress(server)).port);
  }

  /** Dies: nobody listens any more, and what is under way breaks. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}/lrs`;
  }

  get ids(): string[] {
    return this.stored.map(({ id }) => id as string);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const body = await text(request).catch(() => '');
    const statements = method === 'POST' && body !== '' ? (JSON.parse(body) as Json[]) : [];
    this.requests.push({ method, url, headers, statements });
    const reply = (status: number, answer: unknown = '', more: Readonly<Record<string, string>> = {}) =>
      response.writeHead(status, more).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    if (headers['x-experience-api-version'] !== this.version) return void reply(400, 'wrong version');
    if (headers.authorization !== this.authorization) return void reply(401, 'who are you?');
    if (method === 'GET') return void this.show(url, reply);
    if (method !== 'POST' || url !== '/lrs/statements') return void reply(404);
    this.atOnce = Math.max(this.atOnce, (this.underWay += 1));
    await wait(this.pause);
    this.underWay -= 1;
    const mishap = await this.mishap(statements, request);
    if (mishap === 'hang') return;
    if (mishap) return void reply(mishap.status, mishap.body, mishap.headers);
    this.store(statements, reply);
  }

  private show(url: string, reply: (status: number, answer?: unknown) => unknown): void {
    const id = new URL(url, 'http://target').searchParams.get('statementId');
    const found = this.stored.find((statement) => statement['id'] === id);
    reply(found ? 200 : 404, found);
  }

  private store(statements: readonly Json[], reply: (status: number, answer?: unknown) => unknown): void {
    const known = new Map(this.stored.map((statement) => [statement['id'], JSON.stringify(statement)]));
    if (statements.some((one) => known.has(one['id']) && known.get(one['id']) !== JSON.stringify(one))) {
      reply(409, 'another statement has this id');
      return;
    }
    this.stored.push(...statements.filter(({ id }) => !known.has(id)));
    reply(
      200,
      statements.map(({ id }) => id),
    );
  }
}
