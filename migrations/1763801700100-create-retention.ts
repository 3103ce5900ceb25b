import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules of retention, the history of their runs, and what dropping whole years needs to know of organizations. */
export class CreateRetention1763801700100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE retention_rules (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        name text NOT NULL,
        kind text NOT NULL,
        action text NOT NULL,
        -- Null for a rule that keeps for ever.
        days integer,
        basis text NOT NULL,
        filter json NOT NULL,
        enabled boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT retention_rules_pkey PRIMARY KEY (organization_id, id)
      );

      CREATE TABLE retention_runs (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        -- By name only: the history outlives its rule, and has what the rule said.
        rule_id uuid NOT NULL,
        rule json NOT NULL,
        rule_revision integer NOT NULL,
        -- The id of a key; null for runs of the night.
        requested_by text,
        status text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        -- The checkpoint: everything up to here is dealt with.
        cursor text,
        expected bigint,
        deleted bigint NOT NULL DEFAULT 0,
        dropped bigint NOT NULL DEFAULT 0,
        dropped_years integer[] NOT NULL DEFAULT '{}',
        waits_for text[] NOT NULL DEFAULT '{}',
        error text,
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz,
        CONSTRAINT retention_runs_pkey PRIMARY KEY (organization_id, id)
      );
      CREATE INDEX retention_runs_rule ON retention_runs (organization_id, rule_id, id);
      -- A rule has one run at a time.
      CREATE UNIQUE INDEX retention_runs_under_way ON retention_runs (organization_id, rule_id)
        WHERE status IN ('QUEUED', 'RUNNING')`);
    for (const table of TABLES) await this.secure(runner, table);
    await this.createOrganizationList(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION all_organizations();
      DROP TABLE retention_runs, retention_rules`);
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  private async createOrganizationList(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The ids of all organizations, for the owner only: an owner whom row-level security binds lifts it for the moment; for
      -- anybody else who is bound, that fails.
      CREATE FUNCTION all_organizations() RETURNS SETOF uuid LANGUAGE plpgsql AS $$
      DECLARE
        bound boolean := row_security_active('organizations');
      BEGIN
        IF bound THEN ALTER TABLE organizations NO FORCE ROW LEVEL SECURITY; END IF;
        RETURN QUERY SELECT organization_id FROM organizations;
        IF bound THEN ALTER TABLE organizations FORCE ROW LEVEL SECURITY; END IF;
      END $$`);
  }
}

const TABLES = ['retention_rules', 'retention_runs'];
