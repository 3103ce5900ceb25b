import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Learner records: what the statements of a registration add up to. All of it can be made again from statements. */
export class CreateLearnerRecords1763800700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Up to which statement the records take statements into account.
      CREATE TABLE record_cursors (
        organization_id uuid NOT NULL,
        position bigint NOT NULL,
        CONSTRAINT record_cursors_pkey PRIMARY KEY (organization_id)
      );

      CREATE TABLE learner_records (
        organization_id uuid NOT NULL,
        -- Made from registration, course and learner, so that a rebuilt record has the id it had.
        id uuid NOT NULL,
        registration uuid NOT NULL,
        -- By name only: a record outlives its course.
        course_id uuid NOT NULL,
        version integer,
        learner_key uuid NOT NULL,
        learner json NOT NULL,
        progress smallint,
        completion boolean NOT NULL,
        success boolean,
        score double precision,
        seconds_spent double precision,
        started_at timestamptz NOT NULL,
        last_activity_at timestamptz NOT NULL,
        completed_at timestamptz,
        updated_at timestamptz NOT NULL,
        CONSTRAINT learner_records_pkey PRIMARY KEY (organization_id, id)
      );
      CREATE INDEX learner_records_registration ON learner_records (organization_id, registration);
      CREATE INDEX learner_records_updated ON learner_records (organization_id, updated_at, id);
      CREATE INDEX learner_records_course ON learner_records (organization_id, course_id, updated_at, id);
      CREATE INDEX learner_records_learner ON learner_records (organization_id, learner_key, updated_at, id)`);
    await this.createParts(runner);
    for (const table of TABLES) await this.secure(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${[...TABLES].reverse().join(', ')}`);
  }

  private async createParts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE record_answers (
        organization_id uuid NOT NULL,
        record_id uuid NOT NULL,
        statement_id uuid NOT NULL,
        lesson_id uuid,
        element_id uuid NOT NULL,
        attempt integer,
        interaction_type text,
        response text,
        correct boolean,
        score double precision,
        seconds double precision,
        answered_at timestamptz NOT NULL,
        CONSTRAINT record_answers_pkey PRIMARY KEY (organization_id, record_id, statement_id),
        CONSTRAINT record_answers_record_fkey FOREIGN KEY (organization_id, record_id)
          REFERENCES learner_records (organization_id, id) ON DELETE CASCADE
      );

      CREATE TABLE record_scenario_runs (
        organization_id uuid NOT NULL,
        record_id uuid NOT NULL,
        lesson_id uuid NOT NULL,
        run integer NOT NULL,
        ending_id text,
        outcome text,
        score double precision,
        variables json,
        ended_at timestamptz,
        CONSTRAINT record_scenario_runs_pkey PRIMARY KEY (organization_id, record_id, lesson_id, run),
        CONSTRAINT record_scenario_runs_record_fkey FOREIGN KEY (organization_id, record_id)
          REFERENCES learner_records (organization_id, id) ON DELETE CASCADE
      );

      CREATE TABLE record_decisions (
        organization_id uuid NOT NULL,
        record_id uuid NOT NULL,
        statement_id uuid NOT NULL,
        lesson_id uuid NOT NULL,
        run integer NOT NULL,
        node_id uuid NOT NULL,
        choice_id text,
        variables_before json,
        variables_after json,
        seconds double precision,
        decided_at timestamptz NOT NULL,
        CONSTRAINT record_decisions_pkey PRIMARY KEY (organization_id, record_id, lesson_id, run, statement_id),
        CONSTRAINT record_decisions_run_fkey FOREIGN KEY (organization_id, record_id, lesson_id, run)
          REFERENCES record_scenario_runs (organization_id, record_id, lesson_id, run) ON DELETE CASCADE
      )`);
  }

  private async secure(runner: QueryRunner, table: string): Promise<void> {
    await runner.query(`
      ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
      CREATE POLICY ${table}_tenant ON ${table}
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid)`);
  }
}

const TABLES = ['record_cursors', 'learner_records', 'record_answers', 'record_scenario_runs', 'record_decisions'];
