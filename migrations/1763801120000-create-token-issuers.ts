import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Issuers of OAuth tokens that an organization trusts. */
export class CreateTokenIssuers1763801120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE token_issuers (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        issuer text NOT NULL,
        audience text NOT NULL,
        -- Where its keys are; NULL: where its discovery document says.
        jwks_url text,
        -- The most that its tokens may do.
        scopes text[] NOT NULL,
        scope_claim text,
        scope_prefix text NOT NULL,
        client_claim text,
        user_claim text,
        trusted boolean NOT NULL,
        requests_per_minute integer,
        enabled boolean NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT token_issuers_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT token_issuers_organization_fkey FOREIGN KEY (organization_id) REFERENCES organizations (organization_id)
      );
      ALTER TABLE token_issuers ENABLE ROW LEVEL SECURITY;
      ALTER TABLE token_issuers FORCE ROW LEVEL SECURITY;
      CREATE POLICY token_issuers_tenant ON token_issuers
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      -- A token says which organization is calling, by its issuer and audience. So an issuer is found by these before the
      -- organization is known: only the ones that were presented, and only to read them.
      CREATE UNIQUE INDEX token_issuers_issuer_audience_key ON token_issuers (issuer, audience);
      CREATE POLICY token_issuers_presented ON token_issuers FOR SELECT
        USING (issuer = current_setting('lectern.presented_issuer', true)
               AND audience = ANY (nullif(current_setting('lectern.presented_audiences', true), '')::text[]));
      CREATE FUNCTION find_token_issuers(presented_issuer text, presented_audiences text[])
        RETURNS SETOF token_issuers LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM set_config('lectern.presented_issuer', presented_issuer, true),
                set_config('lectern.presented_audiences', presented_audiences::text, true);
        RETURN QUERY SELECT * FROM token_issuers WHERE issuer = presented_issuer AND audience = ANY (presented_audiences);
        PERFORM set_config('lectern.presented_issuer', '', true), set_config('lectern.presented_audiences', '', true);
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION find_token_issuers(text, text[]);
      DROP TABLE token_issuers`);
  }
}
