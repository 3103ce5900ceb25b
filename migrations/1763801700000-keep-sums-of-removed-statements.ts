import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What statements that have been removed add to learner records. Nothing makes it again: the statements are gone. */
export class KeepSumsOfRemovedStatements1763801700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE record_removed_sums (
        organization_id uuid NOT NULL,
        record_id uuid NOT NULL,
        registration uuid NOT NULL,
        sum json NOT NULL,
        CONSTRAINT record_removed_sums_pkey PRIMARY KEY (organization_id, record_id)
      );
      CREATE INDEX record_removed_sums_registration ON record_removed_sums (organization_id, registration);
      ALTER TABLE record_removed_sums ENABLE ROW LEVEL SECURITY;
      ALTER TABLE record_removed_sums FORCE ROW LEVEL SECURITY;
      CREATE POLICY record_removed_sums_tenant ON record_removed_sums
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE record_removed_sums');
  }
}
