import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['persons', 'person_identities', 'person_changes'] as const;

/** Persons: which identities of xAPI an organization says are the same somebody, and how that came about. */
export class CreatePersons1763801720000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE persons (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        -- The person that this one was found to be: never one that was merged itself.
        merged_into uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT persons_pkey PRIMARY KEY (organization_id, id),
        CONSTRAINT persons_merged_into_fkey FOREIGN KEY (organization_id, merged_into)
          REFERENCES persons (organization_id, id)
      );
      CREATE INDEX persons_merged_into ON persons (organization_id, merged_into) WHERE merged_into IS NOT NULL;

      -- The key makes sure that no identity is in two persons.
      CREATE TABLE person_identities (
        organization_id uuid NOT NULL,
        -- By which statements name the agent.
        agent_key uuid NOT NULL,
        person_id uuid NOT NULL,
        -- An Agent with nothing but the identifier.
        identity json NOT NULL,
        -- The SHA-1 of an mbox of the person: it follows from the mbox, whether statements use it or not.
        implied boolean NOT NULL,
        CONSTRAINT person_identities_pkey PRIMARY KEY (organization_id, agent_key),
        CONSTRAINT person_identities_person_fkey FOREIGN KEY (organization_id, person_id)
          REFERENCES persons (organization_id, id)
      );
      CREATE INDEX person_identities_person ON person_identities (organization_id, person_id);

      -- Every merge and split.
      CREATE TABLE person_changes (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        person_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('MERGE', 'SPLIT')),
        -- Which came to the person, or left.
        identities json NOT NULL,
        -- The persons that were merged into it, or the one that was split off.
        other_ids uuid[] NOT NULL,
        -- Who did it.
        principal json NOT NULL,
        reason text,
        changed_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT person_changes_pkey PRIMARY KEY (organization_id, id)
      );
      CREATE INDEX person_changes_person ON person_changes (organization_id, person_id, id)`);
    for (const table of TABLES) await this.secure(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${[...TABLES].reverse().join(', ')}`);
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }
}
