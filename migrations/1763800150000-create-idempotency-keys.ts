import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What creating mutations answered, for a day, so that a repeated request creates nothing twice. */
export class CreateIdempotencyKeys1763800150000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        organization_id uuid NOT NULL,
        key text NOT NULL,
        operation text NOT NULL,
        request_hash bytea NOT NULL,
        response json,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (organization_id, key),
        CONSTRAINT idempotency_keys_organization_fkey
          FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      );
      CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (organization_id, created_at);
      ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY idempotency_keys_tenant ON idempotency_keys
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency_keys');
  }
}
