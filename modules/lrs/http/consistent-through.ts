import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatementsService } from '../statements/statements.service.js';

const HEADER = 'X-Experience-API-Consistent-Through';

/** How old the time may be in answers that list no statements, in milliseconds: an earlier time is as true, but less new. */
const MAXIMUM_AGE = 250;

interface Known {
  readonly askedAt: number;
  /** Undefined while the database is asked. */
  time?: string;
  readonly asking: Promise<string>;
}

/** The header that tells up to which time the list of statements is complete: on every answer, errors too (Comm 2.1.3). */
@Injectable()
export class ConsistentThrough {
  private readonly known = new Map<string | undefined, Known>();

  constructor(private readonly statements: StatementsService) {}

  tell(reply: FastifyReply, completeUntil: number): void {
    void reply.header(HEADER, timestampOf(completeUntil));
  }

  /** Completes an answer that does not have the header yet: at once, or when the promise is kept. */
  complete({ principal }: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    if (reply.hasHeader(HEADER)) return undefined;
    const { time, asking } = this.recent(principal?.organizationId);
    // Not the reply itself, which is a promise of its own end.
    if (time === undefined) return asking.then((now) => void reply.header(HEADER, now));
    void reply.header(HEADER, time);
    return undefined;
  }

  /** Requests that come together ask together. */
  private recent(organizationId: string | undefined): Known {
    const last = this.known.get(organizationId);
    if (last && Date.now() - last.askedAt < MAXIMUM_AGE) return last;
    const known: Known = {
      askedAt: Date.now(),
      asking: this.statements.completeUntil(organizationId).then(timestampOf),
    };
    this.known.set(organizationId, known);
    known.asking.then(
      (time) => (known.time = time),
      () => this.known.delete(organizationId),
    );
    return known;
  }
}

const timestampOf = (milliseconds: number): string => new Date(milliseconds).toISOString();
