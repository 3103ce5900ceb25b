import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Exports of statements: what was asked for, how far each is, and the parts of its file. The parts lie in the blob storage
 * until the export is deleted or expires.
 */
export class CreateStatementExports1763801710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE statement_exports (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        format text NOT NULL,
        options json NOT NULL,
        -- As it was given; null: all statements.
        filter text,
        keep_days integer NOT NULL,
        status text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        -- Where it ends: set when its job begins, so that what is stored meanwhile makes no difference.
        before_position bigint,
        -- How many statements lie before that, voided ones too.
        expected bigint,
        -- The checkpoint: every statement up to here has been dealt with, and is in the parts when it belongs there.
        position bigint NOT NULL DEFAULT 0,
        looked_at bigint NOT NULL DEFAULT 0,
        statements bigint NOT NULL DEFAULT 0,
        bytes bigint NOT NULL DEFAULT 0,
        error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        -- When the file is deleted.
        expires_at timestamptz,
        CONSTRAINT statement_exports_pkey PRIMARY KEY (organization_id, id)
      );
      ALTER TABLE statement_exports ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statement_exports FORCE ROW LEVEL SECURITY;
      CREATE POLICY statement_exports_tenant ON statement_exports
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      CREATE TABLE statement_export_parts (
        organization_id uuid NOT NULL,
        export_id uuid NOT NULL,
        number integer NOT NULL,
        bytes bigint NOT NULL,
        -- What the end of the file must say of this part, where a format has such an end.
        closing bytea,
        CONSTRAINT statement_export_parts_pkey PRIMARY KEY (organization_id, export_id, number),
        CONSTRAINT statement_export_parts_export_fkey FOREIGN KEY (organization_id, export_id)
          REFERENCES statement_exports (organization_id, id) ON DELETE CASCADE
      );
      ALTER TABLE statement_export_parts ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statement_export_parts FORCE ROW LEVEL SECURITY;
      CREATE POLICY statement_export_parts_tenant ON statement_export_parts
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE statement_export_parts;
      DROP TABLE statement_exports`);
  }
}
