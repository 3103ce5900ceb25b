import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an attempt may still store a part: then what is deleted of an export is not yet all there will be to delete. */
export class ExportsInHand1763801740000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE statement_exports ADD COLUMN in_hand boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE statement_exports DROP COLUMN in_hand');
  }
}
