import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['profiles', 'profile_policies', 'profile_reports'] as const;

/** xAPI profiles that organizations have uploaded, which keys they are for, and what statements have against them. */
export class CreateProfiles1763801400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE profiles (
        organization_id uuid NOT NULL,
        -- IRI of this version of the profile.
        version text NOT NULL,
        -- IRI of the profile over all versions.
        profile_id text NOT NULL,
        name text NOT NULL,
        -- JSON-LD as it was uploaded.
        document text NOT NULL,
        uploaded_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT profiles_pkey PRIMARY KEY (organization_id, version)
      );
      CREATE INDEX profiles_profile ON profiles (organization_id, profile_id, uploaded_at);

      -- What is asked of the statements of a key. Keys without a row are not checked.
      CREATE TABLE profile_policies (
        organization_id uuid NOT NULL,
        key_id text NOT NULL,
        -- IRIs of versions, or of profiles, which stand for their newest version.
        profiles text[] NOT NULL,
        mode text NOT NULL CHECK (mode IN ('REPORT', 'REFUSE')),
        claim text NOT NULL CHECK (claim IN ('MATCHING', 'DECLARED')),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT profile_policies_pkey PRIMARY KEY (organization_id, key_id)
      );

      -- Problems of statements that were stored nevertheless. The oldest go when there are too many.
      CREATE TABLE profile_reports (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        key_id text NOT NULL,
        statement_id uuid NOT NULL,
        profile_id text NOT NULL,
        version text NOT NULL,
        template text,
        location text,
        code text NOT NULL,
        severity text NOT NULL,
        message text NOT NULL,
        path text[] NOT NULL,
        reported_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT profile_reports_pkey PRIMARY KEY (organization_id, id)
      )`);
    for (const table of TABLES) await this.secure(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${TABLES.join(', ')}`);
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }
}
