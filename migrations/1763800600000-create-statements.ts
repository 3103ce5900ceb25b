import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statements of xAPI, the terms by which they are found, and the clock that tells how far the list of them is complete. */
export class CreateStatements1763800600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE statements (
        organization_id uuid NOT NULL,
        id uuid NOT NULL,
        -- The order in which statements were stored, as one number: milliseconds of "stored" since 1970 times a million,
        -- plus an ordinal. It sorts, pages, and answers since and until.
        position bigint NOT NULL,
        verb_key uuid NOT NULL,
        registration uuid,
        -- The statement that this one is about, when its object is a StatementRef.
        target_id uuid,
        voiding boolean NOT NULL,
        -- json, not jsonb: the text as it came, with every digit and escape of it.
        payload json NOT NULL,
        CONSTRAINT statements_pkey PRIMARY KEY (organization_id, id)
      );
      CREATE UNIQUE INDEX statements_position ON statements (organization_id, position);
      CREATE INDEX statements_verb ON statements (organization_id, verb_key, position);
      CREATE INDEX statements_registration ON statements (organization_id, registration, position)
        WHERE registration IS NOT NULL;
      CREATE INDEX statements_target ON statements (organization_id, position, target_id) WHERE target_id IS NOT NULL;
      CREATE INDEX statements_voiding ON statements (organization_id, target_id) WHERE voiding;
      ALTER TABLE statements ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statements FORCE ROW LEVEL SECURITY;
      CREATE POLICY statements_tenant ON statements
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      -- By which agents and activities a statement is found: an inverted index, made from the payload and never without it.
      CREATE TABLE statement_terms (
        organization_id uuid NOT NULL,
        key uuid NOT NULL,
        position bigint NOT NULL,
        -- In a place that the filters agent and activity look at, not only related_agents and related_activities.
        narrow boolean NOT NULL,
        CONSTRAINT statement_terms_pkey PRIMARY KEY (organization_id, key, position)
      );
      ALTER TABLE statement_terms ENABLE ROW LEVEL SECURITY;
      ALTER TABLE statement_terms FORCE ROW LEVEL SECURITY;
      CREATE POLICY statement_terms_tenant ON statement_terms
        USING (organization_id = nullif(current_setting('lectern.organization_id', true), '')::uuid);

      -- Tells apart what is stored in the same millisecond. It may start over: a million in a millisecond is out of reach.
      CREATE SEQUENCE statement_ordinals MINVALUE 0 MAXVALUE 999999 CYCLE`);
    await this.createClock(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION statements_complete_until(uuid);
      DROP FUNCTION begin_storing_statements(uuid);
      DROP FUNCTION statement_clock_lock(uuid);
      DROP SEQUENCE statement_ordinals;
      DROP TABLE statement_terms;
      DROP TABLE statements`);
  }

  /**
   * X-Experience-API-Consistent-Through must never be ahead of a write that is not committed yet (Comm 2.1.3). So a
   * transaction takes a shared advisory lock before it reads the clock for "stored", and holds it until it has ended. The
   * lock's number tells its organization and the time at which it was taken: statements are complete up to the time of the
   * oldest lock that is held, or up to now when there is none. Nobody waits for anybody.
   */
  private async createClock(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The upper half of the lock's number: 'ST', and 16 bits of the organization. Two organizations that share them see
      -- an earlier time than they could, never a later one. The lower half counts milliseconds and starts over after 49 days.
      CREATE FUNCTION statement_clock_lock(organization uuid) RETURNS bigint LANGUAGE sql IMMUTABLE
        RETURN (21332::bigint << 16) | (hashtextextended(organization::text, 0) & 65535);

      CREATE FUNCTION begin_storing_statements(organization uuid) RETURNS bigint LANGUAGE plpgsql AS $$
      DECLARE
        before bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
      BEGIN
        PERFORM pg_advisory_xact_lock_shared((statement_clock_lock(organization) << 32) | (before & 4294967295));
        RETURN floor(extract(epoch FROM clock_timestamp()) * 1000);
      END $$;

      CREATE FUNCTION statements_complete_until(organization uuid) RETURNS bigint LANGUAGE plpgsql AS $$
      DECLARE
        now_ms bigint := floor(extract(epoch FROM clock_timestamp()) * 1000);
        oldest bigint;
      BEGIN
        SELECT max(((now_ms & 4294967295) - objid::bigint + 4294967296) & 4294967295) INTO oldest
          FROM pg_locks
         WHERE locktype = 'advisory' AND objsubid = 1 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND CASE WHEN organization IS NULL THEN classid::bigint >> 16 = 21332
                    ELSE classid::bigint = statement_clock_lock(organization) END
           -- A lock that was taken after this function read the clock.
           AND ((now_ms & 4294967295) - objid::bigint + 4294967296) & 4294967295 < 2147483648;
        RETURN now_ms - coalesce(oldest, 0);
      END $$`);
  }
}
