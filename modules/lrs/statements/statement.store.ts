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

/** What was asked at a time, in milliseconds since 1970. */
interface Asked<Answer> {
  readonly at: number;
  readonly answer: Answer;
}

/** Reads statements, each time in one round trip. */
@Injectable()
export class StatementStore {
  /** Up to when the list is complete, by organization; undefined is all of them. */
  private readonly known = new Map<string | undefined, Asked<number>>();
  /** What is being asked. Not by lists, whose answers may take long. */
  private readonly asking = new Map<string | undefined, Asked<Promise<number>>>();

  constructor(private readonly direct: DirectSql) {}

  /**
   * The rows of a query, and the time up to which they are complete. The time is taken in a statement of its own before: one
   * that was taken in the same statement would be later than its snapshot, and ahead of what was committed in between.
   */
  async read<Row extends object>(organizationId: string, statement: DirectStatement): Promise<Found<Row[]>> {
    const completeUntil = recent(this.known.get(organizationId), MAXIMUM_AGE);
    if (completeUntil !== undefined) {
      return { completeUntil, found: await this.direct.query<Row>(organizationId, statement) };
    }
    const at = Date.now();
    const [times, found] = await this.direct.queryInTurn<[Time, Row]>(organizationId, [
      completeUntilOf(organizationId),
      statement,
    ]);
    return { completeUntil: this.learn(organizationId, at, times), found };
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
   * The time, in milliseconds since 1970, before whose `stored` no statement can appear any more. Who comes together asks
   * together.
   *
   * @param organizationId every organization when it is undefined
   * @param age how many milliseconds ago it may have been asked for: an earlier time is as true
   * @returns no promise when it is known
   */
  completeUntil(organizationId: string | undefined, age = 0): number | Promise<number> {
    return (
      recent(this.known.get(organizationId), age) ??
      recent(this.asking.get(organizationId), age) ??
      this.ask(organizationId)
    );
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

  private ask(organizationId: string | undefined): Promise<number> {
    const at = Date.now();
    const answer = this.direct
      .query<Time>(organizationId ?? NO_ORGANIZATION, completeUntilOf(organizationId))
      .then((times) => this.learn(organizationId, at, times));
    this.asking.set(organizationId, { at, answer });
    answer.catch(() => this.asking.delete(organizationId));
    return answer;
  }

  private learn(organizationId: string | undefined, at: number, [row]: readonly Time[]): number {
    const answer = Number(row!.time);
    this.known.set(organizationId, { at, answer });
    return answer;
  }
}

const recent = <Answer>(asked: Asked<Answer> | undefined, age: number): Answer | undefined =>
  asked && Date.now() - asked.at < age ? asked.answer : undefined;

const completeUntilOf = (organizationId: string | undefined): DirectStatement => ({
  name: 'statements complete until',
  text: 'SELECT statements_complete_until($1) AS time',
  values: [organizationId ?? null],
});
