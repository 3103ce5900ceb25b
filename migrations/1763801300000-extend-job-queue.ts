import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs may wait for a time, and for other jobs of the same queue. */
export class ExtendJobQueue1763801300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION enqueue_job(text, json, text, integer);
      CREATE FUNCTION enqueue_job(
        task text, payload json, job_key text, max_attempts integer,
        queue text DEFAULT NULL, run_at timestamptz DEFAULT NULL, key_mode text DEFAULT 'replace') RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF payload->>'organizationId' IS DISTINCT FROM current_setting('lectern.organization_id', true) THEN
          RAISE insufficient_privilege USING MESSAGE = 'a job belongs to the organization that enqueues it';
        END IF;
        PERFORM graphile_worker.add_job(
          identifier => task, payload => payload, job_key => job_key, max_attempts => max_attempts,
          queue_name => queue, run_at => run_at, job_key_mode => key_mode);
      END $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION enqueue_job(text, json, text, integer, text, timestamptz, text);
      CREATE FUNCTION enqueue_job(task text, payload json, job_key text, max_attempts integer) RETURNS void
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
      BEGIN
        IF payload->>'organizationId' IS DISTINCT FROM current_setting('lectern.organization_id', true) THEN
          RAISE insufficient_privilege USING MESSAGE = 'a job belongs to the organization that enqueues it';
        END IF;
        PERFORM graphile_worker.add_job(
          identifier => task, payload => payload, job_key => job_key, max_attempts => max_attempts);
      END $$`);
  }
}
