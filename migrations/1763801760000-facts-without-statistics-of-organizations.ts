import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What facts refer to. */
const TABLES = ['fact_terms', 'fact_contexts', 'fact_words'];

/**
 * The planner learns nothing of organizations here. One that is new, or small beside others, is not among the common values
 * that statistics list: it would be taken for empty, and all that it has be read once for each fact. Without statistics the
 * planner takes every organization for a part of the table, and goes by the other columns of an index.
 */
export class FactsWithoutStatisticsOfOrganizations1763801760000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.setStatistics(runner, 0);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.setStatistics(runner, -1);
  }

  private async setStatistics(runner: QueryRunner, target: number): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`ALTER TABLE ${table} ALTER COLUMN organization_id SET STATISTICS ${target}`);
    }
  }
}
