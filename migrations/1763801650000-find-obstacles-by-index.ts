import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * begin_storing_new_statements looks for each id in the indexes. Of two EXISTS with an OR between them PostgreSQL made hashes
 * of whole tables, which took longer with every statement that was stored.
 */
export class FindObstaclesByIndex1763801650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.replace(
      runner,
      `SELECT array_agg(found.id) INTO obstacles FROM (
         SELECT known.id FROM statement_ids known WHERE known.organization_id = organization AND known.id = ANY (ids)
         UNION ALL
         SELECT t.target_id FROM statement_targets t
          WHERE t.organization_id = organization AND t.target_id = ANY (ids)) AS found`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.replace(
      runner,
      `SELECT array_agg(sent.id) INTO obstacles FROM unnest(ids) AS sent (id)
        WHERE EXISTS (SELECT FROM statement_ids known WHERE known.organization_id = organization AND known.id = sent.id)
           OR EXISTS (SELECT FROM statement_targets t WHERE t.organization_id = organization AND t.target_id = sent.id)`,
    );
  }

  /** The first statement takes the lock of the clock; the second has a snapshot that is younger than it. */
  private async replace(runner: QueryRunner, search: string): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION begin_storing_new_statements(
        organization uuid, ids uuid[], OUT stored bigint, OUT obstacles uuid[])
      LANGUAGE plpgsql AS $$
      BEGIN
        stored := begin_storing_statements(organization);
        ${search};
      END $$`);
  }
}
