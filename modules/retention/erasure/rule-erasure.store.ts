import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { RuleSettings } from '../rules/retention-rule.js';

/** What of a rule may tell of people. */
export type RuleTexts = Pick<RuleSettings, 'name' | 'filter'> & { readonly id: string };

/** A run, and what its rule said. */
export interface RunTexts {
  readonly id: string;
  readonly rule: RuleSettings;
}

/** Rules and their history with an eye on what they tell of people, in the organization of the current unit of work. */
@Injectable()
export class RuleErasureStore {
  constructor(private readonly sql: Sql) {}

  rules(organizationId: string): Promise<RuleTexts[]> {
    return this.sql.query<RuleTexts>(
      'SELECT id, name, filter FROM retention_rules WHERE organization_id = $1 ORDER BY id',
      [organizationId],
    );
  }

  async rewriteRule(organizationId: string, { id, name, filter }: RuleTexts): Promise<void> {
    await this.sql.query('UPDATE retention_rules SET name = $3, filter = $4 WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
      name,
      JSON.stringify(filter),
    ]);
  }

  /** The next ones after an id. */
  runs(organizationId: string, after: string | undefined, limit: number): Promise<RunTexts[]> {
    return this.sql.query<RunTexts>(
      `SELECT id, rule FROM retention_runs
        WHERE organization_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
      [organizationId, after ?? null, limit],
    );
  }

  async rewriteRun(organizationId: string, { id, rule }: RunTexts): Promise<void> {
    await this.sql.query('UPDATE retention_runs SET rule = $3 WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
      JSON.stringify(rule),
    ]);
  }
}
