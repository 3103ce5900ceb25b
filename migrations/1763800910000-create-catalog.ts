import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What statements tell of activities, verbs and agents. */
export class CreateCatalog1763800910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Definitions of activities and displays of verbs, each merged from all statements that had one.
      CREATE TABLE definitions (
        organization_id uuid NOT NULL,
        -- Of the activity or the verb.
        key uuid NOT NULL,
        -- json, not jsonb: what extensions hold keeps its digits and escapes.
        definition json NOT NULL,
        CONSTRAINT definitions_pkey PRIMARY KEY (organization_id, key)
      );
      ALTER TABLE definitions ENABLE ROW LEVEL SECURITY;
      ALTER TABLE definitions FORCE ROW LEVEL SECURITY;
      CREATE POLICY definitions_tenant ON definitions
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      -- Every name that an agent was seen with. A row a name: a new one waits for no other.
      CREATE TABLE agent_names (
        organization_id uuid NOT NULL,
        agent_key uuid NOT NULL,
        -- Made from the name, which has no greatest length.
        key uuid NOT NULL,
        -- A JSON string: text has no place for U+0000.
        name json NOT NULL,
        seen timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT agent_names_pkey PRIMARY KEY (organization_id, agent_key, key)
      );
      ALTER TABLE agent_names ENABLE ROW LEVEL SECURITY;
      ALTER TABLE agent_names FORCE ROW LEVEL SECURITY;
      CREATE POLICY agent_names_tenant ON agent_names
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE agent_names;
      DROP TABLE definitions`);
  }
}
