import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Bulk imports of statements: how far each is, and which lines were refused. The file itself lies in the blob storage until
 * the import has ended.
 */
export class CreateStatementImports1763801600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE statement_imports (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        file_name text,
        -- Who asked for it: statements are stored in that caller's name, whenever the job gets to them.
        principal json NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        status text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        -- The checkpoint: everything up to here is stored or refused.
        lines bigint NOT NULL DEFAULT 0,
        text_offset bigint NOT NULL DEFAULT 0,
        progress integer NOT NULL DEFAULT 0,
        stored bigint NOT NULL DEFAULT 0,
        refused bigint NOT NULL DEFAULT 0,
        error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT statement_imports_pkey PRIMARY KEY (organization_id, id)
      );
      ALTER TABLE statement_imports ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statement_imports FORCE ROW LEVEL SECURITY;
      CREATE POLICY statement_imports_tenant ON statement_imports
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      CREATE TABLE statement_import_refusals (
        organization_id uuid NOT NULL,
        import_id uuid NOT NULL,
        line bigint NOT NULL,
        statement_id text,
        code text NOT NULL,
        message text NOT NULL,
        path text[] NOT NULL,
        CONSTRAINT statement_import_refusals_pkey PRIMARY KEY (organization_id, import_id, line),
        CONSTRAINT statement_import_refusals_import_fkey FOREIGN KEY (organization_id, import_id)
          REFERENCES statement_imports (organization_id, id) ON DELETE CASCADE
      );
      ALTER TABLE statement_import_refusals ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statement_import_refusals FORCE ROW LEVEL SECURITY;
      CREATE POLICY statement_import_refusals_tenant ON statement_import_refusals
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE statement_import_refusals;
      DROP TABLE statement_imports`);
  }
}
