import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys can be changed, limited, and trusted to say who asserts the statements they send. */
export class ExtendApiKeys1763801110000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys
        ADD COLUMN trusted boolean NOT NULL DEFAULT false,
        ADD COLUMN requests_per_minute integer,
        ADD COLUMN revision integer NOT NULL DEFAULT 1`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_keys DROP COLUMN trusted, DROP COLUMN requests_per_minute, DROP COLUMN revision`);
  }
}
