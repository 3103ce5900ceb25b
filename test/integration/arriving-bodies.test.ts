/** Large bodies take room before they are read, wait for it unread, and not for long; see the memory that comes of it in arriving-bodies-memory. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { ArrivingBodies } from '../../src/platform/http/arriving-bodies.js';
import { keepOpenForAnswers } from '../../src/platform/http/body-limit.js';
import { answerFailure } from '../../src/platform/http/failure.js';
import { listeningAddress } from '../../src/platform/http/public-address.js';
import { until } from '../support/pipes.js';
import { sendSlowly } from '../support/slow-sender.js';
import type { SlowAnswer } from '../support/slow-sender.js';

const LARGE = 1_000_000;
const PIECE = Buffer.alloc(100_000, 'x');
const LIMIT = 2 * LARGE;

/** There is room for one large body. */
const ROOM = LARGE;
const PATIENCE = 1_500;
const SLOWEST = 1_000;

let server: FastifyInstance;
let url: string;
/** Bytes of the bodies that have arrived, in that order. */
let arrived: number[];
/** What answers wait for. */
let answering: Promise<void>;
let answer: () => void;

beforeEach(async () => {
  arrived = [];
  answering = new Promise((resolve) => (answer = resolve));
  server = fastify({ bodyLimit: LIMIT, forceCloseConnections: true });
  server.setErrorHandler(answerFailure);
  keepOpenForAnswers(server);
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  new ArrivingBodies({ room: ROOM, patience: PATIENCE, slowest: SLOWEST }).addTo(server);
  server.post('/', async (request) => {
    arrived.push((request.body as Buffer).length);
    await answering;
    return {};
  });
  await server.listen({ port: 0, host: '127.0.0.1' });
  url = listeningAddress(server.server);
});
afterEach(() => server.close());

const pieces = (bytes: number) => Array.from({ length: bytes / PIECE.length }, () => PIECE);

/** @param milliseconds that all of it takes at least */
function send(bytes: number, milliseconds: number, chunked = false, signal?: AbortSignal): Promise<SlowAnswer> {
  const headers = { 'content-type': 'text/plain', ...(chunked ? {} : { 'content-length': String(bytes) }) };
  const all = pieces(bytes);
  return sendSlowly(url, {
    line: 'POST /',
    headers,
    pieces: all,
    chunked,
    milliseconds: milliseconds / all.length,
    ...(signal && { signal }),
  });
}

describe.each([false, true])('a large body (in chunks: %s)', (chunked) => {
  /** Has arrived, and keeps its room until it is answered. */
  const holder = async (): Promise<{ readonly answered: Promise<SlowAnswer> }> => {
    const answered = send(LARGE, 0, chunked);
    await until(() => arrived.length === 1);
    return { answered };
  };

  it('waits for room until another is answered, while small ones are read', async () => {
    const { answered } = await holder();
    const next = send(LARGE - PIECE.length, 0, chunked);
    const small = send(2 * PIECE.length, 0, chunked);
    await until(() => arrived.length === 2);
    await wait(200);
    expect(arrived).toEqual([LARGE, 2 * PIECE.length]);
    answer();
    expect((await Promise.all([answered, next, small])).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(arrived).toEqual([LARGE, 2 * PIECE.length, LARGE - PIECE.length]);
  });

  it('is refused with 503 and a time to come again when there is no room for long; its connection stays', async () => {
    const { answered } = await holder();
    const { status, head } = await send(LARGE, 0, chunked);
    expect(status).toBe(503);
    expect(head).toMatch(/\r\nretry-after: 10\r\n/);
    expect(head).not.toMatch(/\r\nconnection: close/);
    expect(arrived).toEqual([LARGE]);
    answer();
    expect((await answered).status).toBe(200);
    expect((await send(LARGE, 0, chunked)).status).toBe(200);
  });

  it('that arrives too slowly loses its connection, and its room', async () => {
    answer();
    const lost = expect(send(LARGE, 10 * SLOWEST, chunked)).rejects.toThrow();
    await wait(5 * SLOWEST);
    expect((await send(LARGE, 0, chunked)).status).toBe(200);
    await lost;
    expect(arrived).toEqual([LARGE]);
  });

  it('gives its room to the next when its sender goes away, whether it was let in or waits', async () => {
    answer();
    const senders = [new AbortController(), new AbortController()];
    const leaving = senders.map(({ signal }) => expect(send(LARGE, SLOWEST, chunked, signal)).rejects.toThrow());
    await wait(SLOWEST / 2);
    const next = send(LARGE, 0, chunked);
    for (const sender of senders) sender.abort();
    expect((await next).status).toBe(200);
    await Promise.all(leaving);
    expect(arrived).toEqual([LARGE]);
  });
});

it('a body in chunks and beyond the limit of its route is refused with 413, and takes no room for long', async () => {
  answer();
  for (const _ of [1, 2]) expect((await send(LIMIT + PIECE.length, 0, true)).status).toBe(413);
  expect((await send(LARGE, 0)).status).toBe(200);
});
