import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ContextPart } from '../fact.js';
import type { ChangedTerm, Term } from './dictionary.js';

/** How far the facts go, and the last number of a term. */
export interface FactCursor {
  readonly position: string;
  readonly lastTerm: number;
}

/** A fact as it is kept: terms by their numbers. */
export interface FactRow {
  readonly position: string;
  /** Milliseconds since 1970. */
  readonly happened: number;
  readonly scaled: number | undefined;
  readonly raw: number | undefined;
  readonly duration: number | undefined;
  readonly actor: number | undefined;
  readonly verb: number;
  readonly activity: number | undefined;
  readonly type: number | undefined;
  readonly registration: number | undefined;
  readonly response: number | undefined;
  readonly context: number | undefined;
  readonly success: boolean | undefined;
  readonly completion: boolean | undefined;
  readonly voided: boolean;
}

/** A member of a context: both by number. */
export interface ContextRow {
  readonly context: number;
  readonly role: ContextPart['role'];
  readonly term: number;
}

/** Writes facts, and remembers up to which statement they go. In the organization of the current unit of work. */
@Injectable()
export class FactsStore {
  constructor(private readonly sql: Sql) {}

  /** The position of the last statement that the facts take into account; 0 when there are none. */
  async cursor(organizationId: string): Promise<string> {
    const [row] = await this.sql.query<{ position: string }>(
      'SELECT position::text AS position FROM fact_cursors WHERE organization_id = $1',
      [organizationId],
    );
    return row?.position ?? '0';
  }

  /** Whoever else wants to go on from there waits until this transaction has ended. */
  async lockCursor(organizationId: string): Promise<FactCursor> {
    await this.sql.query('INSERT INTO fact_cursors VALUES ($1, 0, 0) ON CONFLICT DO NOTHING', [organizationId]);
    const [row] = await this.sql.query<FactCursor>(
      `SELECT position::text AS position, last_term AS "lastTerm" FROM fact_cursors WHERE organization_id = $1 FOR UPDATE`,
      [organizationId],
    );
    return row!;
  }

  async moveCursor(organizationId: string, { position, lastTerm }: FactCursor): Promise<void> {
    await this.sql.query('UPDATE fact_cursors SET position = $2, last_term = $3 WHERE organization_id = $1', [
      organizationId,
      position,
      lastTerm,
    ]);
  }

  /** Forgets everything, so that it is made again from the first statement. */
  async clear(organizationId: string): Promise<void> {
    for (const table of ['statement_facts', 'fact_contexts', 'fact_words', 'fact_terms']) {
      await this.sql.query(`DELETE FROM ${table} WHERE organization_id = $1`, [organizationId]);
    }
    await this.moveCursor(organizationId, { position: '0', lastTerm: 0 });
  }

  /** Those that are there. */
  async terms(organizationId: string, keys: readonly string[]): Promise<Term[]> {
    const rows = await this.sql.query<Omit<Term, 'value' | 'type'> & { value: string | null; type: number | null }>(
      `SELECT id, replace(key::text, '-', '') AS key, value, names, descriptions, type
         FROM fact_terms WHERE organization_id = $1 AND key = ANY ($2::uuid[])`,
      [organizationId, keys],
    );
    return rows.map((row) => ({
      ...row,
      value: row.value ?? undefined,
      names: row.names ?? {},
      descriptions: row.descriptions ?? {},
      type: row.type ?? undefined,
    }));
  }

  async addTerms(organizationId: string, terms: readonly ChangedTerm[]): Promise<void> {
    if (terms.length === 0) return;
    await this.sql.query(
      `INSERT INTO fact_terms (organization_id, id, key, value, names, descriptions, type)
       SELECT $1, id, key, value, names, descriptions, type FROM json_to_recordset($2::json) AS row (${TERM_COLUMNS})`,
      [organizationId, JSON.stringify(terms.map(withoutEmptyMaps))],
    );
    await this.addWords(organizationId, terms);
  }

  async changeTerms(organizationId: string, terms: readonly ChangedTerm[]): Promise<void> {
    if (terms.length === 0) return;
    await this.sql.query(
      `UPDATE fact_terms t SET value = row.value, names = row.names, descriptions = row.descriptions, type = row.type
         FROM json_to_recordset($2::json) AS row (${TERM_COLUMNS}) WHERE t.organization_id = $1 AND t.id = row.id`,
      [organizationId, JSON.stringify(terms.map(withoutEmptyMaps))],
    );
    const reworded = terms.filter(({ words }) => words !== undefined);
    await this.sql.query('DELETE FROM fact_words WHERE organization_id = $1 AND term = ANY ($2::integer[])', [
      organizationId,
      reworded.map(({ id }) => id),
    ]);
    await this.addWords(organizationId, reworded);
  }

  async addContexts(organizationId: string, rows: readonly ContextRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.sql.query(
      `INSERT INTO fact_contexts (organization_id, context, role, term)
       SELECT $1, * FROM unnest($2::integer[], $3::smallint[], $4::integer[])`,
      [organizationId, rows.map(({ context }) => context), rows.map(({ role }) => role), rows.map(({ term }) => term)],
    );
  }

  async addFacts(organizationId: string, rows: readonly FactRow[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO statement_facts (organization_id, position, happened_at, scaled, raw, duration_ms, actor, verb, activity,
              activity_type, registration, response, context, success, completion, voided)
       SELECT $1, position, 'epoch'::timestamptz + happened * interval '1 millisecond', scaled, raw, duration, actor, verb,
              activity, type, registration, response, context, success, completion, voided
         FROM json_to_recordset($2::json) AS row (position bigint, happened bigint, scaled double precision,
              raw double precision, duration bigint, actor integer, verb integer, activity integer, type integer,
              registration integer, response integer, context integer, success boolean, completion boolean, voided boolean)
        ORDER BY position`,
      [organizationId, JSON.stringify(rows)],
    );
  }

  async markVoided(organizationId: string, positions: readonly string[]): Promise<void> {
    await this.sql.query(
      `UPDATE statement_facts SET voided = true
        WHERE organization_id = $1 AND position = ANY ($2::bigint[]) AND NOT voided`,
      [organizationId, positions],
    );
  }

  private async addWords(organizationId: string, terms: readonly ChangedTerm[]): Promise<void> {
    const words = terms.flatMap((term) => (term.words ?? []).map((word) => ({ id: term.id, word })));
    if (words.length === 0) return;
    await this.sql.query(
      `INSERT INTO fact_words (organization_id, word, term) SELECT $1, * FROM unnest($2::text[], $3::integer[])`,
      [organizationId, words.map(({ word }) => word), words.map(({ id }) => id)],
    );
  }
}

const TERM_COLUMNS = 'id integer, key uuid, value text, names json, descriptions json, type integer';

/** Most terms have neither names nor descriptions: null takes no room. */
function withoutEmptyMaps({ names, descriptions, ...term }: ChangedTerm): object {
  return {
    ...term,
    names: Object.keys(names).length > 0 ? names : undefined,
    descriptions: Object.keys(descriptions).length > 0 ? descriptions : undefined,
  };
}
