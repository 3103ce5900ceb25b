import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatementsService } from '../statements/statements.service.js';

const HEADER = 'X-Experience-API-Consistent-Through';

/** How old the time may be in answers that list no statements, in milliseconds: an earlier time is as true, but less new. */
const MAXIMUM_AGE = 250;

/** The header that tells up to which time the list of statements is complete: on every answer, errors too (Comm 2.1.3). */
@Injectable()
export class ConsistentThrough {
  constructor(private readonly statements: StatementsService) {}

  tell(reply: FastifyReply, completeUntil: number): void {
    void reply.header(HEADER, new Date(completeUntil).toISOString());
  }

  /** Completes an answer that does not have the header yet: at once, or when the promise is kept. */
  complete({ principal }: FastifyRequest, reply: FastifyReply): Promise<void> | undefined {
    if (reply.hasHeader(HEADER)) return undefined;
    const time = this.statements.completeUntil(principal?.organizationId, MAXIMUM_AGE);
    // Not the reply itself, which is a promise of its own end.
    if (typeof time !== 'number') return time.then((now) => this.tell(reply, now));
    this.tell(reply, time);
    return undefined;
  }
}
