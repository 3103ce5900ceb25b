import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The door to the job queue. graphile-worker's own tables admit their owner only; this function runs as the owner, and
 * lets a tenant enqueue jobs of its own organization and nothing else.
 */
export class CreateJobQueue1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
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

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP FUNCTION enqueue_job(text, json, text, integer)`);
  }
}
