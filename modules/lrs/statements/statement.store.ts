import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { StoredStatement } from './stored-statement.js';

/** What is written for one statement: its text, and by what it is found. */
export interface StatementRow {
  readonly id: string;
  readonly verbKey: string;
  readonly registration: string | undefined;
  /** Of the StatementRef that is its object. */
  readonly targetId: string | undefined;
  readonly voiding: boolean;
  /** Keys of agents and activities; see termsOf. */
  readonly terms: ReadonlyMap<string, boolean>;
  /** With {@link STORED_SLOT} wherever the time of storage belongs. */
  readonly text: string;
}

/** Where the time of storage goes: the database tells it. JSON text never has this character (RFC 8259 7). */
export const STORED_SLOT = '\u001f';

/** JSON text never has this character (RFC 8259 7 keeps control characters out of strings): it separates texts. */
const RECORD_SEPARATOR = '\u001e';

/** A list as PostgreSQL writes it; UUIDs and booleans need no quotes, and the driver would look for them. */
const listOf = (values: readonly (string | boolean | undefined)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Statements of the organization of the current unit of work: adding them, and finding them by id. */
@Injectable()
export class StatementStore {
  constructor(private readonly sql: Sql) {}

  /**
   * To be called before the first write of a transaction: from now until it ends, no other reader takes the list of
   * statements for complete beyond the time that is returned.
   *
   * @returns the `stored` of the statements of this transaction, in milliseconds since 1970
   */
  async begin(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ stored: string }>('SELECT begin_storing_statements($1) AS stored', [
      organizationId,
    ]);
    return Number(row!.stored);
  }

  /**
   * Adds those whose id is new, all in one SQL statement, with their terms.
   *
   * @param stored what {@link begin} returned
   * @returns the positions of those that are new, by id; all others were there before, and are as they were
   */
  async add(organizationId: string, stored: number, rows: readonly StatementRow[]): Promise<Map<string, string>> {
    const terms = rows.flatMap(({ id, terms }) => [...terms].map(([key, narrow]) => ({ id, key, narrow })));
    const added = await this.sql.query<{ id: string; position: string }>(
      `WITH added AS (
         INSERT INTO statements (organization_id, id, position, verb_key, registration, target_id, voiding, payload)
         SELECT $1, sent.id, $2::bigint * 1000000 + nextval('statement_ordinals'),
                verb_key, registration, target_id, voiding, replace(payload, E'\\x1f', $12)::json
           FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::boolean[], string_to_array($8, E'\\x1e'))
             AS sent (id, verb_key, registration, target_id, voiding, payload)
         ON CONFLICT (organization_id, id) DO NOTHING
         RETURNING id, position),
       found_by AS (
         INSERT INTO statement_terms (organization_id, key, position, narrow)
         SELECT $1, term.key, added.position, term.narrow
           FROM unnest($9::uuid[], $10::uuid[], $11::boolean[]) AS term (id, key, narrow) JOIN added USING (id))
       SELECT id, position::text AS position FROM added`,
      [
        organizationId,
        stored,
        listOf(rows.map(({ id }) => id)),
        listOf(rows.map(({ verbKey }) => verbKey)),
        listOf(rows.map(({ registration }) => registration)),
        listOf(rows.map(({ targetId }) => targetId)),
        listOf(rows.map(({ voiding }) => voiding)),
        rows.map(({ text }) => text).join(RECORD_SEPARATOR),
        listOf(terms.map(({ id }) => id)),
        listOf(terms.map(({ key }) => key)),
        listOf(terms.map(({ narrow }) => narrow)),
        new Date(stored).toISOString(),
      ],
    );
    return new Map(added.map(({ id, position }) => [id, position]));
  }

  /** Those that exist, voided or not, by id in lower case. */
  async texts(organizationId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.sql.query<{ id: string; text: string }>(
      'SELECT id, payload::text AS text FROM statements WHERE organization_id = $1 AND id = ANY ($2::uuid[])',
      [organizationId, ids],
    );
    return new Map(rows.map(({ id, text }) => [id, text]));
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
  ): Promise<StoredStatement | undefined> {
    const [row] = await this.sql.query<StoredStatement>(
      `SELECT s.position::text AS position, s.payload::text AS text FROM statements s
        WHERE s.organization_id = $1 AND s.id = $2 AND $3 = (NOT s.voiding AND EXISTS (
          SELECT FROM statements v WHERE v.organization_id = s.organization_id AND v.target_id = s.id AND v.voiding))
          AND ($4::uuid IS NULL OR EXISTS (
          SELECT FROM statement_terms t
           WHERE t.organization_id = s.organization_id AND t.key = $4 AND t.position = s.position))`,
      [organizationId, id, voided, assertedBy ?? null],
    );
    return row;
  }

  /**
   * The time, in milliseconds since 1970, before whose `stored` no statement can appear any more.
   *
   * @param organizationId every organization when it is undefined
   */
  async completeUntil(organizationId: string | undefined): Promise<number> {
    const [row] = await this.sql.query<{ time: string }>('SELECT statements_complete_until($1) AS time', [
      organizationId ?? null,
    ]);
    return Number(row!.time);
  }
}
