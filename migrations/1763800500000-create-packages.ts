import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Packages: what was asked, how far its job is, what came of it. The zip itself lies in the blob storage.
 *
 * `recipe` is the hash of what was asked, `build_key` that of everything the bytes come from. The unique index lets a request
 * for the same bytes find the package that has them or is getting them; one that failed does not stand in the way.
 */
export class CreatePackages1763800500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE packages (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        version_id uuid NOT NULL,
        format text NOT NULL,
        options json NOT NULL,
        file_name text NOT NULL,
        recipe text NOT NULL,
        build_key text NOT NULL,
        status text NOT NULL,
        progress integer NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        bytes bigint,
        sha256 text,
        error text,
        key_id text,
        key_expires_at timestamptz,
        key_revoked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT packages_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT packages_version_fkey FOREIGN KEY (organization_id, version_id)
          REFERENCES course_versions (organization_id, id)
      );
      CREATE UNIQUE INDEX packages_build_key ON packages (organization_id, build_key) WHERE (status <> 'FAILED'::text);
      CREATE INDEX packages_version_idx ON packages (organization_id, version_id, id);
      ALTER TABLE packages ENABLE ROW LEVEL SECURITY;
      ALTER TABLE packages FORCE ROW LEVEL SECURITY;
      CREATE POLICY packages_tenant ON packages
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE packages`);
  }
}
