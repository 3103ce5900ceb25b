import { Injectable } from '@nestjs/common';
import { DirectSql } from '../../../src/platform/database/direct-sql.js';
import type { DirectStatement } from '../../../src/platform/database/direct-sql.js';
import { IS_VOIDED } from './statement.sql.js';
import type { StoredStatement } from './stored-statement.js';

/** Statements, and the time up to which the list of them is complete (milliseconds since 1970). */
export interface Found<T> {
  readonly completeUntil: number;
  readonly found: T;
}

/** Has no rows: row-level security shows nothing to it. */
const NO_ORGANIZATION = '00000000-0000-0000-0000-000000000000';

/**
 * How old the time may be that a list is complete up to, in milliseconds: an earlier time is as true, and it takes a sixth of
 * the time of a page to find it out.
 */
const MAXIMUM_AGE = 20;

interface Time {
  readonly time: string;
}

/** Reads statements, each time in one round trip. */
@Injectable()
export class StatementStore {
  private readonly known = new Map<string | undefined, { time: number; askedAt: number }>();

  constructor(private readonly direct: DirectSql) {}

  /**
   * The rows of a query, and the time up to which they are complete. The time is taken in a statement of its own before: one
   * that was taken in the same statement would be later than its snapshot, and ahead of what was committed in between.
   */
  async read<Row extends object>(organizationId: string, statement: DirectStatement): Promise<Found<Row[]>> {
    const completeUntil = this.lately(organizationId);
    if (completeUntil !== undefined) {
      return { completeUntil, found: await this.direct.query<Row>(organizationId, statement) };
    }
    const askedAt = Date.now();
    const [[time], found] = await this.direct.queryInTurn<[Time, Row]>(organizationId, [
      completeUntilOf(organizationId),
      statement,
    ]);
    return { completeUntil: this.learn(organizationId, time!, askedAt), found };
  }

  /**
   * The statement with the id, when it is voided or not, as asked.
   *
   * @param assertedBy key of the authority that must have asserted it; see authorityKey
   */
  async find(
    organizationId: string,
    id: string,
    voided: boolean,
    assertedBy?: string,
  ): Promise<Found<StoredStatement | undefined>> {
    const { completeUntil, found } = await this.read<StoredStatement>(organizationId, {
      name: 'find statement',
      text: `SELECT s.position::text AS position, s.payload::text AS text
               FROM statement_ids i JOIN statements s ON s.organization_id = i.organization_id AND s.position = i.position
              WHERE i.organization_id = $1 AND i.id = $2 AND $3 = ${IS_VOIDED}
                AND ($4::uuid IS NULL OR EXISTS (
                  SELECT FROM statement_terms t WHERE t.organization_id = $1 AND t.key = $4 AND t.position = s.position))`,
      values: [organizationId, id, voided, assertedBy ?? null],
    });
    return { completeUntil, found: found[0] };
  }

  /**
   * The time, in milliseconds since 1970, before whose `stored` no statement can appear any more.
   *
   * @param organizationId every organization when it is undefined
   */
  async completeUntil(organizationId: string | undefined): Promise<number> {
    const askedAt = Date.now();
    const [time] = await this.direct.query<Time>(organizationId ?? NO_ORGANIZATION, completeUntilOf(organizationId));
    return this.learn(organizationId, time!, askedAt);
  }

  /** Milliseconds since 1970, as the database counts them for `stored`. */
  async clock(organizationId: string): Promise<number> {
    const [row] = await this.direct.query<Time>(organizationId, {
      name: 'clock',
      text: 'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS time',
      values: [],
    });
    return Number(row!.time);
  }

  private lately(organizationId: string | undefined): number | undefined {
    const known = this.known.get(organizationId);
    return known && Date.now() - known.askedAt < MAXIMUM_AGE ? known.time : undefined;
  }

  private learn(organizationId: string | undefined, { time }: Time, askedAt: number): number {
    const known = { time: Number(time), askedAt };
    this.known.set(organizationId, known);
    return known.time;
  }
}

const completeUntilOf = (organizationId: string | undefined): DirectStatement => ({
  name: 'statements complete until',
  text: 'SELECT statements_complete_until($1) AS time',
  values: [organizationId ?? null],
});
