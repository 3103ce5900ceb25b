import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['erasures', 'erased_identities', 'erasure_certificates'] as const;

/** Erasures of people: how far each is, who was erased (as keyed hashes), and the certificates, which nothing changes. */
export class CreateErasures1763801730000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE erasures (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('WAITING', 'RUNNING', 'DONE')),
        -- Who is to be erased, encrypted with a key that the database does not have; gone when it is done.
        identities text,
        content text NOT NULL CHECK (content IN ('KEEP', 'REMOVE')),
        principal json NOT NULL,
        requested_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- Statements before this position are touched; null as long as others are on their way.
        before_position bigint,
        -- The checkpoint: the step that is next or under way, and how far it is.
        step text,
        step_after text,
        counts json NOT NULL DEFAULT '{}',
        -- Why the last attempt was cut off.
        error text,
        finished_at timestamptz,
        CONSTRAINT erasures_pkey PRIMARY KEY (organization_id, id)
      );

      CREATE TABLE erased_identities (
        organization_id uuid NOT NULL,
        hash text NOT NULL,
        erasure_id uuid NOT NULL,
        pseudonym uuid NOT NULL,
        content text NOT NULL,
        CONSTRAINT erased_identities_pkey PRIMARY KEY (organization_id, hash, erasure_id),
        CONSTRAINT erased_identities_erasure_fkey FOREIGN KEY (organization_id, erasure_id)
          REFERENCES erasures (organization_id, id)
      );
      CREATE INDEX erased_identities_erasure ON erased_identities (organization_id, erasure_id);

      CREATE TABLE erasure_certificates (
        organization_id uuid NOT NULL,
        erasure_id uuid NOT NULL,
        -- Canonical JSON (RFC 8785), and the keyed hash of it.
        certificate text NOT NULL,
        signature text NOT NULL,
        CONSTRAINT erasure_certificates_pkey PRIMARY KEY (organization_id, erasure_id),
        CONSTRAINT erasure_certificates_erasure_fkey FOREIGN KEY (organization_id, erasure_id)
          REFERENCES erasures (organization_id, id)
      );

      CREATE FUNCTION refuse_change_of_certificate() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE restrict_violation USING MESSAGE = 'a certificate of erasure is never changed or removed';
      END $$;
      CREATE TRIGGER erasure_certificates_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure_certificates
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_certificate()`);
    for (const table of TABLES) await this.secure(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE ${[...TABLES].reverse().join(', ')};
      DROP FUNCTION refuse_change_of_certificate()`);
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }
}
