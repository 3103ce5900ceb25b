import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that courses use, and how large one may be in an organization. The bytes lie in the blob storage. */
export class CreateAssets1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assets (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        external_id text,
        file_name text NOT NULL,
        media_type text NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        width integer,
        height integer,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT assets_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT assets_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      )`);
    await runner.query(`CREATE UNIQUE INDEX assets_external_id_key ON assets (organization_id, external_id)`);
    await runner.query(`CREATE INDEX assets_sha256_idx ON assets (organization_id, sha256)`);
    await runner.query(`CREATE INDEX assets_created_at_idx ON assets (organization_id, created_at, id)`);
    await runner.query(`
      CREATE TABLE asset_limits (
        organization_id uuid NOT NULL,
        max_bytes bigint NOT NULL,
        CONSTRAINT asset_limits_pkey PRIMARY KEY (organization_id),
        CONSTRAINT asset_limits_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      )`);
    for (const table of ['assets', 'asset_limits']) {
      await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
      await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
      await runner.query(`
        CREATE POLICY tenant ON ${table}
        USING (organization_id = current_setting('lectern.organization_id', true)::uuid)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE asset_limits`);
    await runner.query(`DROP TABLE assets`);
  }
}
