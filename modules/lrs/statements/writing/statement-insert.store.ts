import { Injectable } from '@nestjs/common';
import { DirectSql } from '../../../../src/platform/database/direct-sql.js';
import { Sql } from '../../../../src/platform/database/sql.js';

/** What is written for one statement: its text, and by what it is found. */
export interface StatementRow {
  /** In lower case. */
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

/** Most statements of one SQL statement: positions number what is stored together from 0 to 999. */
export const MOST_AT_ONCE = 1_000;

/** What became of statements that were to be inserted: their first position, or the ids that need more than that. */
type Inserted = { readonly first: string } | { readonly obstacles: readonly string[] };

/** A statement that is stored, under an id that was sent again. */
export interface KnownStatement {
  readonly id: string;
  readonly text: string;
}

/** Inserts statements. */
@Injectable()
export class StatementInsertStore {
  constructor(
    private readonly direct: DirectSql,
    private readonly sql: Sql,
  ) {}

  /**
   * Inserts statements that refer to no others, in one round trip and one transaction: all, or none when an id is known, or
   * when others refer to it already.
   *
   * @param rows at most {@link MOST_AT_ONCE}
   * @throws unique violation when an id is being stored by somebody else at the same moment
   */
  async insertPlain(organizationId: string, rows: readonly StatementRow[]): Promise<Inserted> {
    const [result] = await this.direct.query<{ first: string | null; obstacles: string[] | null }>(organizationId, {
      name: 'insert statements',
      text: INSERT_PLAIN,
      values: [organizationId, ...columnsOf(rows)],
    });
    const { first, obstacles } = result!;
    return first === null ? { obstacles: obstacles! } : { first };
  }

  /**
   * To be called before the first write of a unit of work: from now until it ends, no other reader takes the list of
   * statements for complete beyond the time that is returned.
   *
   * @returns the `stored` of the statements of this transaction, in milliseconds since 1970
   */
  async begin(organizationId: string): Promise<string> {
    const [row] = await this.sql.query<{ stored: string }>('SELECT begin_storing_statements($1) AS stored', [
      organizationId,
    ]);
    return row!.stored;
  }

  /**
   * Those that are stored already. An id whose statement was dropped with its partition is free again. Their places are asked
   * for by themselves: of an organization that is new to the planner it would join both tables row by row.
   */
  async known(organizationId: string, ids: readonly string[]): Promise<KnownStatement[]> {
    const places = await this.sql.query<{ id: string; position: string }>(
      `SELECT id, position::text AS position FROM statement_ids WHERE organization_id = $1 AND id = ANY ($2::uuid[])`,
      [organizationId, listOf(ids)],
    );
    if (places.length === 0) return [];
    const stored = await this.sql.query<KnownStatement>(
      `SELECT id, payload::text AS text FROM statements WHERE organization_id = $1 AND position = ANY ($2::bigint[])`,
      [organizationId, listOf(places.map(({ position }) => position))],
    );
    const found = new Set(stored.map(({ id }) => id));
    const dropped = places.filter(({ id }) => !found.has(id)).map(({ id }) => id);
    if (dropped.length > 0) {
      await this.sql.query('DELETE FROM statement_ids WHERE organization_id = $1 AND id = ANY ($2::uuid[])', [
        organizationId,
        listOf(dropped),
      ]);
    }
    return stored;
  }

  /**
   * Inserts statements of any kind within the unit of work.
   *
   * @param stored what {@link begin} returned
   * @returns the positions, in the same order
   * @throws unique violation when an id is known, or is being stored by somebody else at the same moment
   */
  async insert(organizationId: string, stored: string, rows: readonly StatementRow[]): Promise<string[]> {
    const positions: string[] = [];
    for (let done = 0; done < rows.length; done += MOST_AT_ONCE) {
      const some = rows.slice(done, done + MOST_AT_ONCE);
      const [result] = await this.sql.query<{ first: string }>(INSERT, [
        organizationId,
        ...columnsOf(some),
        stored,
        listOf(some.map(({ targetId }) => targetId)),
        listOf(some.map(({ voiding }) => voiding)),
      ]);
      const first = BigInt(result!.first);
      positions.push(...some.map((_, index) => String(first + BigInt(index))));
    }
    return positions;
  }
}

/** $2 to $8 of the INSERTs: statements by column, then terms by column with the index of the statement that they are of. */
function columnsOf(rows: readonly StatementRow[]): string[] {
  const indexes: number[] = [];
  const keys: string[] = [];
  const narrow: boolean[] = [];
  for (const [index, { terms }] of rows.entries()) {
    for (const [key, isNarrow] of terms) {
      indexes.push(index);
      keys.push(key);
      narrow.push(isNarrow);
    }
  }
  return [
    listOf(rows.map(({ id }) => id)),
    listOf(rows.map(({ verbKey }) => verbKey)),
    listOf(rows.map(({ registration }) => registration)),
    rows.map(({ text }) => text).join(RECORD_SEPARATOR),
    listOf(indexes),
    listOf(keys),
    listOf(narrow),
  ];
}

/** JSON text never has this character either: it separates texts. */
const RECORD_SEPARATOR = '\u001e';

/** A list as PostgreSQL writes it; what is in these needs no quotes, and the driver would look for them. */
const listOf = (values: readonly (string | number | boolean | undefined)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Positions are counted from what `placed` says: nothing has to be joined to what was inserted before. */
const inserts = (references: string) => `
  ids AS (
    INSERT INTO statement_ids (organization_id, id, position)
    SELECT $1, sent.id, first + sent.nth - 1 FROM placed, unnest($2::uuid[]) WITH ORDINALITY AS sent (id, nth)),
  found_by AS (
    INSERT INTO statement_terms (organization_id, key, position, narrow)
    SELECT $1, term.key, first + term.index, term.narrow
      FROM placed, unnest($6::int[], $7::uuid[], $8::boolean[]) AS term (index, key, narrow)),
  added AS (
    INSERT INTO statements (organization_id, position, id, verb_key, registration, target_id, voiding, payload)
    SELECT $1, first + sent.nth - 1, sent.id, sent.verb_key, sent.registration, sent.target_id, coalesce(sent.voiding, false),
           replace(sent.payload, E'\\x1f', placed.stored)::json
      FROM placed, unnest($2::uuid[], $3::uuid[], $4::uuid[], string_to_array($5, E'\\x1e'), ${references})
             WITH ORDINALITY AS sent (id, verb_key, registration, payload, target_id, voiding, nth))`;

/** @param clock has one row with `stored`, or none when there is nothing to insert */
const placedBy = (clock: string) => `
  placed AS MATERIALIZED (
    SELECT clock.stored * 1000000 + nextval('statement_ordinals') * 1000 AS first,
           to_char(timestamp 'epoch' + clock.stored * interval '1 millisecond', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS stored
      FROM ${clock})`;

const INSERT_PLAIN = `
  WITH clock AS MATERIALIZED (SELECT * FROM begin_storing_new_statements($1, $2::uuid[])),
  ${placedBy('clock WHERE clock.obstacles IS NULL')},
  ${inserts('NULL::uuid[], NULL::boolean[]')}
  SELECT placed.first::text AS first, clock.obstacles::text[] AS obstacles FROM clock LEFT JOIN placed ON true`;

const INSERT = `
  WITH ${placedBy('(SELECT $9::bigint AS stored) AS clock')},
  ${inserts('$10::uuid[], $11::boolean[]')},
  referring AS (
    INSERT INTO statement_targets (organization_id, target_id, position, id, voiding)
    SELECT $1, sent.target_id, first + sent.nth - 1, sent.id, sent.voiding
      FROM placed, unnest($2::uuid[], $10::uuid[], $11::boolean[]) WITH ORDINALITY AS sent (id, target_id, voiding, nth)
     WHERE sent.target_id IS NOT NULL)
  SELECT first::text AS first FROM placed`;
