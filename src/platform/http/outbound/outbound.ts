import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { CONFIG } from '../../../config.js';
import type { Config } from '../../../config.js';
import { guardedLookup } from './guarded-lookup.js';
import { OutboundFailed } from './outbound-failed.js';
import { refusalOf } from './outbound-rules.js';

export interface OutboundRequest {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  /** A stream is read with back-pressure, once. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Milliseconds from the beginning to the last byte of the answer. */
  readonly timeout?: number;
  /** Bytes of the answer that are read; the rest is given up. */
  readonly maximumBytes?: number;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

export interface OutboundAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether the answer was longer than the request allowed. */
  readonly truncated: boolean;
}

const DEFAULT_TIMEOUT = 30_000;
const DEFAULT_MAXIMUM_BYTES = 256 * 1024;

/** Less than the five seconds after which many servers close a connection that nobody uses. */
const IDLE_CONNECTION_MS = 4_000;

/**
 * Requests to addresses that users of the service choose. They are bounded in time and in the size of the answer, follow
 * no redirect, use https, and reach the public internet only: the address is looked at when the connection is made, so a
 * name that resolves to another address later gains nothing. OUTBOUND_HTTP and OUTBOUND_PRIVATE_ADDRESSES loosen that.
 */
@Injectable()
export class Outbound implements OnApplicationShutdown {
  private readonly agents: { readonly 'http:': http.Agent; readonly 'https:': https.Agent };

  constructor(@Inject(CONFIG) private readonly config: Config) {
    const options = {
      keepAlive: true,
      timeout: IDLE_CONNECTION_MS,
      ...(config.outboundPrivateAddresses ? {} : { lookup: guardedLookup }),
    };
    this.agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  }

  onApplicationShutdown(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  /** Why no request goes there, in one sentence; undefined when one may. Names are looked up only by {@link send}. */
  refusalOf(url: string): string | undefined {
    return refusalOf(url, this.config);
  }

  /**
   * Sends a request; whatever the answer's status, it is an answer.
   *
   * @throws OutboundFailed when there is none
   */
  async send(request: OutboundRequest): Promise<OutboundAnswer> {
    const refusal = this.refusalOf(request.url);
    if (refusal !== undefined) throw new OutboundFailed('ADDRESS_REFUSED', refusal);
    const { timeout = DEFAULT_TIMEOUT, maximumBytes = DEFAULT_MAXIMUM_BYTES } = request;
    const late = AbortSignal.timeout(timeout);
    const signal = request.signal ? AbortSignal.any([request.signal, late]) : late;
    try {
      return await this.exchange(request, maximumBytes, signal);
    } catch (error) {
      throw OutboundFailed.from(error, late.aborted ? `no answer within ${timeout / 1_000} seconds` : undefined);
    }
  }

  private async exchange(
    { url, method = 'GET', headers = {}, body }: OutboundRequest,
    maximumBytes: number,
    signal: AbortSignal,
  ): Promise<OutboundAnswer> {
    const target = new URL(url);
    const { request } = target.protocol === 'https:' ? https : http;
    const agent = this.agents[target.protocol as 'http:' | 'https:'];
    const outgoing = request(target, { method, agent, signal, headers: { ...headers, ...lengthOf(body) } });
    const answered = once(outgoing, 'response', { signal }) as Promise<[http.IncomingMessage]>;
    // A server may answer before it has read everything, and close: then its answer counts, not the broken pipe.
    const sent = pipeline(Readable.from(chunksOf(body)), outgoing).catch(() => undefined);
    const [answer] = await answered;
    try {
      return await read(answer, maximumBytes);
    } finally {
      if (!outgoing.writableFinished) outgoing.destroy();
      await sent;
    }
  }
}

function lengthOf(body: OutboundRequest['body']): http.OutgoingHttpHeaders {
  if (typeof body === 'string') return { 'content-length': Buffer.byteLength(body) };
  return body instanceof Uint8Array ? { 'content-length': body.byteLength } : {};
}

function chunksOf(body: OutboundRequest['body']): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if (body === undefined) return [];
  if (typeof body === 'string') return [Buffer.from(body)];
  return body instanceof Uint8Array ? [body] : body;
}

async function read(answer: http.IncomingMessage, maximumBytes: number): Promise<OutboundAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop destroys the connection.
    if (bytes > maximumBytes) break;
  }
  const body = Buffer.concat(chunks).subarray(0, maximumBytes);
  return { status: answer.statusCode!, headers: answer.headers, body, truncated: bytes > maximumBytes };
}
