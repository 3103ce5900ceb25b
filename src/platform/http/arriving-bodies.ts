import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TryAgainLater } from '../errors.js';
import { Room } from '../room.js';

/** What of bodies is in memory at once, those that are read whole. */
export interface BodyLimits {
  /** Bytes, of all large bodies that are arriving or not answered yet. */
  readonly room: number;
  /** Milliseconds that a large body waits for room, unread, before it is refused. */
  readonly patience: number;
  /** Milliseconds that a large body that has room may take to arrive. */
  readonly slowest: number;
}

/** Room that a body has. */
interface Place {
  /** It has arrived, or will not: gives the rest back. @param bytes that stay until the answer is sent */
  keep(bytes: number): void;
}

/** Five minutes are what servers of Node allow a request, and those of Fastify do not limit. */
const LIMITS: BodyLimits = { room: 134_217_728, patience: 30_000, slowest: 300_000 };

/** Up to so many bytes a body needs no room: a connection that nobody reads has a part of that in its buffers anyway. */
const SMALL = 262_144;

const RETRY_SECONDS = 10;

/**
 * Bounds the bodies that are in memory. Each connection may send as much as the limit of its route, and whoever reads a body
 * whole keeps it until it has all arrived, and longer. So a body that turns out to be large takes room, as much as it may grow
 * to, before more of it is read: meanwhile its sender waits, as the socket is not read. A way that was rejected is to count
 * what has arrived and to stop all at the bound: then many are half there, and none can go on.
 */
export class ArrivingBodies {
  private readonly room: Room;

  constructor(private readonly limits = LIMITS) {
    this.room = new Room(limits.room);
  }

  /**
   * Bodies that content type parsers get as payload come by way of {@link pieces}; a stream that nobody keeps is read from
   * `request.raw`.
   */
  addTo(server: FastifyInstance): void {
    server.addHook('preParsing', (request, reply, payload, done) => {
      const limit = request.routeOptions.bodyLimit;
      if (limit === undefined || isSmall(request)) return done();
      // Fastify refuses it unread.
      if (Number(request.headers['content-length']) > limit) return done();
      const pieces = this.pieces(chunksOf(payload), reply.raw, limit);
      // Who has refused the body does not listen any more when its sender goes away.
      return done(
        null,
        Readable.from(pieces, { objectMode: false }).on('error', () => undefined),
      );
    });
  }

  /**
   * The pieces of what is read whole, as they arrive. Beyond {@link SMALL} they take room until the answer is sent.
   *
   * @param limit bytes that it may have; it may be a part of the body that the response is to
   * @throws TryAgainLater when there is no room for long
   */
  async *pieces(source: AsyncIterable<Buffer>, response: ServerResponse, limit: number): AsyncGenerator<Buffer, void> {
    let arrived = 0;
    let place: Place | undefined;
    try {
      for await (const piece of source) {
        arrived += piece.length;
        // What has arrived whole is in the buffers of the connection, or, as the content of a form, has its room.
        if (!place && arrived > SMALL && !response.req.complete) place = await this.placeFor(response, limit);
        yield piece;
      }
    } finally {
      place?.keep(arrived);
    }
  }

  /** @throws TryAgainLater when there is no room for long */
  private async placeFor(response: ServerResponse, limit: number): Promise<Place> {
    const { req: request } = response;
    let taken = Math.min(limit, Number(request.headers['content-length'] ?? limit));
    if (!(await this.enter(response, taken))) throw noRoom();
    const tooSlow = setTimeout(() => request.destroy(), this.limits.slowest);
    const keep = (bytes: number) => {
      clearTimeout(tooSlow);
      if (bytes >= taken) return;
      this.room.leave(taken - bytes);
      taken = bytes;
    };
    response.once('close', () => keep(0));
    if (response.closed) keep(0);
    return { keep };
  }

  /** Waits as long as there is somebody to be answered, and patience. */
  private async enter(response: ServerResponse, bytes: number): Promise<boolean> {
    const waiting = new AbortController();
    const giveUp = () => waiting.abort();
    const timer = setTimeout(giveUp, this.limits.patience);
    response.once('close', giveUp);
    try {
      return await this.room.enter(bytes, waiting.signal);
    } finally {
      clearTimeout(timer);
      response.off('close', giveUp);
    }
  }
}

/** What is left when nobody wants more is read all the same: clients send all of a request before they read the answer. */
export async function* chunksOf(source: Readable): AsyncGenerator<Buffer, void> {
  try {
    yield* source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } finally {
    source.resume();
  }
}

/** Also what has no body, and what is all there. */
function isSmall({ raw }: FastifyRequest): boolean {
  if (raw.complete) return true;
  const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
  return length === undefined ? encoding === undefined : Number(length) <= SMALL;
}

const noRoom = () =>
  new TryAgainLater('BUSY', 'Too many large bodies are arriving at once; send this one again later.', RETRY_SECONDS);
