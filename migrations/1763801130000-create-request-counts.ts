import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many requests limited callers have made in their current minute. */
export class CreateRequestCounts1763801130000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Not logged: after a crash everybody starts a minute anew.
      CREATE UNLOGGED TABLE request_counts (
        organization_id uuid NOT NULL,
        caller text NOT NULL,
        requests integer NOT NULL,
        ends_at timestamptz NOT NULL,
        CONSTRAINT request_counts_pkey PRIMARY KEY (organization_id, caller)
      );
      ALTER TABLE request_counts ENABLE ROW LEVEL SECURITY;
      ALTER TABLE request_counts FORCE ROW LEVEL SECURITY;
      CREATE POLICY request_counts_tenant ON request_counts
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE request_counts');
  }
}
