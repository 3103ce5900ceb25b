import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations, the tenants, and the API keys that act for them. */
export class CreateAccess1763800100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organizations (
        organization_id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT organizations_pkey PRIMARY KEY (organization_id)
      );
      ALTER TABLE organizations ENABLE ROW LEVEL SECURITY;
      ALTER TABLE organizations FORCE ROW LEVEL SECURITY;
      CREATE POLICY organizations_tenant ON organizations
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      CREATE TABLE api_keys (
        organization_id uuid NOT NULL,
        id text NOT NULL,
        secret_hash bytea NOT NULL,
        name text NOT NULL,
        scopes text[] NOT NULL,
        origin text NOT NULL,
        restricted_to_course_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT api_keys_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT api_keys_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      );
      ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
      ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
      CREATE POLICY api_keys_tenant ON api_keys
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      -- A key says which organization is calling, so it is found before the organization is known: by its id, which is
      -- unique over all organizations, and only the one that was presented, and only to read it.
      CREATE UNIQUE INDEX api_keys_id_key ON api_keys (id);
      CREATE POLICY api_keys_presented ON api_keys FOR SELECT
        USING (id = current_setting('lectern.presented_key_id', true));
      CREATE FUNCTION find_api_key(presented text) RETURNS SETOF api_keys LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('lectern.presented_key_id', presented, true);
        RETURN QUERY SELECT * FROM api_keys WHERE id = presented;
        PERFORM set_config('lectern.presented_key_id', '', true);
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION find_api_key(text);
      DROP TABLE api_keys;
      DROP TABLE organizations`);
  }
}
