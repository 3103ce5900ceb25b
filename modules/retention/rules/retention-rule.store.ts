import { Injectable } from '@nestjs/common';
import { Keyset } from '../../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import { YEARS_LOCK } from '../../lrs/index.js';
import type { RetentionKindName, RetentionRule, RuleSettings } from './retention-rule.js';

const COLUMNS = `id, revision, name, kind, action, days, basis, filter, enabled, created_at AS "createdAt",
  updated_at AS "updatedAt"`;

type Row = Omit<RetentionRule, 'days'> & { readonly days: number | null };

/** Of two numbers: locks of one number are those of the clock of statements. */
const RULES_LOCK = 21334;

/** Rules of the organization of the current unit of work. */
@Injectable()
export class RetentionRuleStore {
  constructor(private readonly sql: Sql) {}

  /**
   * Until the transaction ends, no rule changes and nothing is deleted by one: what a new rule keeps is kept from the moment
   * at which its maker has the answer.
   */
  async lock(organizationId: string): Promise<void> {
    await this.sql.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [RULES_LOCK, organizationId]);
  }

  /** The same for years that are dropped for all organizations. */
  async lockYears(): Promise<void> {
    await this.sql.query('SELECT pg_advisory_xact_lock_shared($1, 0)', [YEARS_LOCK]);
  }

  async add(organizationId: string, id: string, settings: RuleSettings): Promise<RetentionRule> {
    const [row] = await this.sql.query<Row>(
      `INSERT INTO retention_rules (organization_id, id, name, kind, action, days, basis, filter, enabled)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
      [organizationId, id, ...valuesOf(settings)],
    );
    return toRule(row!);
  }

  async find(organizationId: string, id: string): Promise<RetentionRule | undefined> {
    const [row] = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM retention_rules WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    );
    return row && toRule(row);
  }

  /** The oldest first: ids are made in order. */
  async page(organizationId: string, request: PageRequest): Promise<Page<RetentionRule> | ValidationFailed> {
    const keyset = Keyset.of<RetentionRule>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM retention_rules WHERE organization_id = $1 AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(rows.map(toRule));
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM retention_rules WHERE organization_id = $1',
      [organizationId],
    );
    return row!.count;
  }

  /** The oldest first. @param kind of every kind when it is undefined */
  async enabled(organizationId: string, kind?: RetentionKindName): Promise<RetentionRule[]> {
    const rows = await this.sql.query<Row>(
      `SELECT ${COLUMNS} FROM retention_rules
        WHERE organization_id = $1 AND enabled AND ($2::text IS NULL OR kind = $2) ORDER BY id`,
      [organizationId, kind ?? null],
    );
    return rows.map(toRule);
  }

  async write(organizationId: string, id: string, settings: RuleSettings): Promise<RetentionRule> {
    const [row] = await this.sql.query<Row>(
      `UPDATE retention_rules SET revision = revision + 1, updated_at = now(), name = $3, kind = $4, action = $5, days = $6,
              basis = $7, filter = $8, enabled = $9
        WHERE organization_id = $1 AND id = $2 RETURNING ${COLUMNS}`,
      [organizationId, id, ...valuesOf(settings)],
    );
    return toRule(row!);
  }

  async delete(organizationId: string, id: string): Promise<void> {
    await this.sql.query('DELETE FROM retention_rules WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }
}

const valuesOf = ({ name, kind, action, days, basis, filter, enabled }: RuleSettings): unknown[] => [
  name,
  kind,
  action,
  days ?? null,
  basis,
  JSON.stringify(filter),
  enabled,
];

const toRule = ({ days, ...row }: Row): RetentionRule => ({ ...row, days: days ?? undefined });
