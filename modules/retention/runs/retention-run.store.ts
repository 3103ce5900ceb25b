import { Injectable } from '@nestjs/common';
import { Keyset } from '../../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { Removal } from '../kinds/retention-kind.js';
import type { RetentionRule } from '../rules/retention-rule.js';
import type { RetentionRun } from './retention-run.js';

const COLUMNS = `id, rule_id AS "ruleId", rule, rule_revision AS "ruleRevision", requested_by AS "requestedBy", status, attempts,
  cursor, expected::float8 AS expected, deleted::float8 AS deleted, dropped::float8 AS dropped,
  dropped_years AS "droppedYears", waits_for AS "waitsFor", error, created_at AS "createdAt", finished_at AS "finishedAt"`;

const UNDER_WAY = `status IN ('QUEUED', 'RUNNING')`;

type Row = {
  [Name in keyof RetentionRun]: undefined extends RetentionRun[Name] ? RetentionRun[Name] | null : RetentionRun[Name];
};

/** What went with whole years. */
export interface Dropped {
  readonly count: number;
  readonly years: readonly number[];
}

/** Runs of rules, of the organization of the current unit of work. */
@Injectable()
export class RetentionRunStore {
  constructor(private readonly sql: Sql) {}

  /** @returns undefined while another run of the rule is under way */
  add(
    organizationId: string,
    id: string,
    rule: RetentionRule,
    requestedBy: string | undefined,
  ): Promise<RetentionRun | undefined> {
    return this.one(
      `INSERT INTO retention_runs (organization_id, id, rule_id, rule, rule_revision, requested_by, status)
       VALUES ($1, $2, $3, $4, $5, $6, 'QUEUED')
       ON CONFLICT (organization_id, rule_id) WHERE ${UNDER_WAY} DO NOTHING RETURNING ${COLUMNS}`,
      [organizationId, id, ...ruleColumns(rule), requestedBy ?? null],
    );
  }

  /** One that was done with another organization's. */
  async addDone(organizationId: string, id: string, rule: RetentionRule, { count, years }: Dropped): Promise<void> {
    await this.sql.query(
      `INSERT INTO retention_runs (organization_id, id, rule_id, rule, rule_revision, status, expected, dropped, dropped_years,
              finished_at)
       VALUES ($1, $2, $3, $4, $5, 'DONE', $6, $6, $7, now())`,
      [organizationId, id, ...ruleColumns(rule), count, years],
    );
  }

  find(organizationId: string, id: string): Promise<RetentionRun | undefined> {
    return this.one(`SELECT ${COLUMNS} FROM retention_runs WHERE organization_id = $1 AND id = $2`, [
      organizationId,
      id,
    ]);
  }

  /** The newest first. @param ruleId of every rule when it is undefined */
  async page(
    organizationId: string,
    ruleId: string | undefined,
    request: PageRequest,
  ): Promise<Page<RetentionRun> | ValidationFailed> {
    const keyset = Keyset.of<RetentionRun>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM retention_runs
        WHERE organization_id = $1 AND ($2::uuid IS NULL OR rule_id = $2) AND ${keyset.where(3)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ruleId ?? null, ...keyset.parameters],
    );
    return keyset.page(rows.map(toRun));
  }

  async count(organizationId: string, ruleId: string | undefined): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM retention_runs WHERE organization_id = $1 AND ($2::uuid IS NULL OR rule_id = $2)`,
      [organizationId, ruleId ?? null],
    );
    return row!.count;
  }

  /** Begins an attempt; undefined when the run has ended. */
  begin(organizationId: string, id: string): Promise<RetentionRun | undefined> {
    return this.one(
      `UPDATE retention_runs SET status = 'RUNNING', attempts = attempts + 1
        WHERE organization_id = $1 AND id = $2 AND ${UNDER_WAY} RETURNING ${COLUMNS}`,
      [organizationId, id],
    );
  }

  /** How many there are to delete. What was found first stays. */
  async expect(organizationId: string, id: string, expected: number): Promise<void> {
    await this.sql.query(
      'UPDATE retention_runs SET expected = coalesce(expected, $3) WHERE organization_id = $1 AND id = $2',
      [organizationId, id, expected],
    );
  }

  /** Undefined when it has ended; nobody else goes on with it before the transaction ends. */
  lock(organizationId: string, id: string): Promise<RetentionRun | undefined> {
    return this.one(
      `SELECT ${COLUMNS} FROM retention_runs
        WHERE organization_id = $1 AND id = $2 AND status = 'RUNNING' FOR NO KEY UPDATE`,
      [organizationId, id],
    );
  }

  /** A batch is done. An attempt that got so far starts a new count of attempts. */
  async advance(organizationId: string, id: string, { removed, next }: Removal): Promise<void> {
    await this.sql.query(
      `UPDATE retention_runs SET deleted = deleted + $3, cursor = coalesce($4, cursor), attempts = 1, error = NULL
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, removed, next ?? null],
    );
  }

  async setDropped(organizationId: string, id: string, { count, years }: Dropped): Promise<void> {
    await this.sql.query(
      'UPDATE retention_runs SET dropped = $3, dropped_years = $4 WHERE organization_id = $1 AND id = $2',
      [organizationId, id, count, years],
    );
  }

  /** Ends it; undefined when it has ended. */
  end(
    organizationId: string,
    id: string,
    status: 'DONE' | 'FAILED' | 'CANCELLED',
    { error, waitsFor = [] }: { error?: string | undefined; waitsFor?: readonly string[] } = {},
  ): Promise<RetentionRun | undefined> {
    return this.one(
      `UPDATE retention_runs SET status = $3, error = $4, waits_for = $5, finished_at = now()
        WHERE organization_id = $1 AND id = $2 AND ${UNDER_WAY} RETURNING ${COLUMNS}`,
      [organizationId, id, status, error ?? null, waitsFor],
    );
  }

  /** An attempt was cut off; the next one goes on behind the last batch. */
  async pause(organizationId: string, id: string, error: string | undefined): Promise<void> {
    await this.sql.query(
      `UPDATE retention_runs SET status = 'QUEUED', error = $3 WHERE organization_id = $1 AND id = $2 AND status = 'RUNNING'`,
      [organizationId, id, error ?? null],
    );
  }

  private async one(text: string, parameters: readonly unknown[]): Promise<RetentionRun | undefined> {
    const [row] = await this.sql.query<Row>(text, parameters);
    return row && toRun(row);
  }
}

function ruleColumns({ id, revision, ...rest }: RetentionRule): unknown[] {
  const { name, kind, action, days, basis, filter, enabled } = rest;
  return [id, JSON.stringify({ name, kind, action, days, basis, filter, enabled }), revision];
}

const toRun = (row: Row): RetentionRun =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) as unknown as RetentionRun;
