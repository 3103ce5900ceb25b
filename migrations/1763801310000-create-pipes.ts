import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pipes: forwarding of statements to other services. */
export class CreatePipes1763801310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE pipes (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        name text NOT NULL,
        target json NOT NULL,
        -- The secret of the target's credential, encrypted with a key that the database does not have.
        secret text NOT NULL,
        filter json NOT NULL,
        batch_size integer NOT NULL,
        paused boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pipes_pkey PRIMARY KEY (organization_id, id)
      );

      -- How far each pipe is. Apart from its settings: this changes with every batch.
      CREATE TABLE pipe_progress (
        organization_id uuid NOT NULL,
        pipe_id uuid NOT NULL,
        -- Statements up to here are delivered, filtered out, or dead letters.
        position bigint NOT NULL,
        -- Most statements of a request, after the target found more of them too large.
        batch_limit integer NOT NULL,
        delivered bigint NOT NULL DEFAULT 0,
        last_success_at timestamptz,
        last_failure_at timestamptz,
        last_error text,
        failures integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz,
        -- Milliseconds that the target took to answer last.
        last_took integer NOT NULL DEFAULT 0,
        CONSTRAINT pipe_progress_pkey PRIMARY KEY (organization_id, pipe_id),
        CONSTRAINT pipe_progress_pipe_fkey FOREIGN KEY (organization_id, pipe_id)
          REFERENCES pipes (organization_id, id) ON DELETE CASCADE
      ) WITH (fillfactor = 50);

      -- Statements that a target does not take. They stand beside the stream, not in its way.
      CREATE TABLE pipe_dead_letters (
        organization_id uuid NOT NULL,
        pipe_id uuid NOT NULL,
        position bigint NOT NULL,
        statement_id uuid NOT NULL,
        reason text NOT NULL,
        status integer,
        answer text NOT NULL,
        attempts integer NOT NULL DEFAULT 1,
        failed_at timestamptz NOT NULL DEFAULT now(),
        retrying boolean NOT NULL DEFAULT false,
        CONSTRAINT pipe_dead_letters_pkey PRIMARY KEY (organization_id, pipe_id, position),
        CONSTRAINT pipe_dead_letters_pipe_fkey FOREIGN KEY (organization_id, pipe_id)
          REFERENCES pipes (organization_id, id) ON DELETE CASCADE
      );
      CREATE INDEX pipe_dead_letters_retrying ON pipe_dead_letters (organization_id, pipe_id, position) WHERE retrying;
      CREATE INDEX pipe_dead_letters_statement ON pipe_dead_letters (organization_id, statement_id)`);
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

const TABLES = ['pipes', 'pipe_progress', 'pipe_dead_letters'];
