import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In which transaction an erasure started: those that were writing then are waited for. */
export class ErasuresStartedIn1763801750000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE erasures ADD COLUMN started_in xid8');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE erasures DROP COLUMN started_in');
  }
}
