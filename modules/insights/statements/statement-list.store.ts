import { Injectable } from '@nestjs/common';
import { Keyset } from '../../../src/platform/database/keyset.js';
import type { KeysetOrder, Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { StatementConditions } from './statement-conditions.store.js';

/** A statement's place in the order of storage. */
export interface Place {
  readonly position: string;
}

const orderOf = (ascending: boolean): KeysetOrder<Place> => ({
  columns: [{ expression: 'f.position', type: 'bigint', value: ({ position }) => position }],
  descending: !ascending,
});

/** Which statements fit, in the order of storage. In the organization of the current unit of work. */
@Injectable()
export class StatementListStore {
  constructor(private readonly sql: Sql) {}

  async page(
    { where, parameters }: StatementConditions,
    ascending: boolean,
    request: PageRequest,
  ): Promise<Page<Place> | ValidationFailed> {
    const keyset = Keyset.of(request, orderOf(ascending));
    if (keyset instanceof ValidationFailed) return keyset;
    const rows = await this.sql.query<Place>(
      `SELECT f.position::text AS position FROM statement_facts f WHERE ${where} AND ${keyset.where(parameters.length + 1)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [...parameters, ...keyset.parameters],
    );
    return keyset.page(rows);
  }

  /** The next ones after a position. */
  async after({ where, parameters }: StatementConditions, position: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<Place>(
      `SELECT f.position::text AS position FROM statement_facts f
        WHERE ${where} AND f.position > $${parameters.length + 1}::bigint ORDER BY f.position LIMIT ${limit}`,
      [...parameters, position],
    );
    return rows.map((row) => row.position);
  }

  /** The next ones between two positions, both exclusive. */
  async between(
    { where, parameters }: StatementConditions,
    after: string,
    before: string,
    limit: number,
  ): Promise<string[]> {
    const next = parameters.length + 1;
    const rows = await this.sql.query<Place>(
      `SELECT f.position::text AS position FROM statement_facts f
        WHERE ${where} AND f.position > $${next}::bigint AND f.position < $${next + 1}::bigint
        ORDER BY f.position LIMIT ${limit}`,
      [...parameters, after, before],
    );
    return rows.map((row) => row.position);
  }

  /** How many there are between two positions, both exclusive. */
  async countBetween({ where, parameters }: StatementConditions, after: string, before: string): Promise<number> {
    const next = parameters.length + 1;
    const [row] = await this.sql.query<{ count: string }>(
      `SELECT count(*) AS count FROM statement_facts f
        WHERE ${where} AND f.position > $${next}::bigint AND f.position < $${next + 1}::bigint`,
      [...parameters, after, before],
    );
    return Number(row!.count);
  }

  /** Counting stops at the limit. */
  async count({ where, parameters }: StatementConditions, limit: number): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT FROM statement_facts f WHERE ${where} LIMIT ${limit}) AS counted`,
      parameters,
    );
    return row!.count;
  }
}
