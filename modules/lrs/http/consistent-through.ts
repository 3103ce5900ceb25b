import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { StatementsService } from '../statements/statements.service.js';

const HEADER = 'X-Experience-API-Consistent-Through';

/** How old the time may be in answers that list no statements, in milliseconds: an earlier time is as true, but less new. */
const MAXIMUM_AGE = 250;

/** The header that tells up to which time the list of statements is complete: on every answer, errors too (Comm 2.1.3). */
@Injectable()
export class ConsistentThrough {
  private readonly known = new Map<string | undefined, { time: Promise<number>; askedAt: number }>();

  constructor(private readonly statements: StatementsService) {}

  tell(reply: FastifyReply, completeUntil: number): void {
    void reply.header(HEADER, new Date(completeUntil).toISOString());
  }

  /** Completes an answer that does not have the header yet. */
  async complete({ principal }: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!reply.hasHeader(HEADER)) this.tell(reply, await this.recent(principal?.organizationId));
  }

  /** Requests that come together ask together. */
  private recent(organizationId: string | undefined): Promise<number> {
    const known = this.known.get(organizationId);
    if (known && Date.now() - known.askedAt < MAXIMUM_AGE) return known.time;
    const time = this.statements.completeUntil(organizationId);
    this.known.set(organizationId, { time, askedAt: Date.now() });
    time.catch(() => this.known.delete(organizationId));
    return time;
  }
}
