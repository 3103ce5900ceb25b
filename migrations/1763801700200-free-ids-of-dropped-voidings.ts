import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a statement voided stays voided when it is removed, so its link stays. The link must not keep the id, which is free:
 * whoever sends the statement again could not store it.
 */
export class FreeIdsOfDroppedVoidings1763801700200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(droppingWith('UPDATE statement_targets SET id = gen_random_uuid() WHERE position < bound;'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(droppingWith(''));
  }
}

/** As in PartitionStatements1763800800000. @param freeing what is done with voidings that are left */
const droppingWith = (freeing: string): string => `
  CREATE OR REPLACE FUNCTION drop_statement_partitions(first_year_kept integer) RETURNS SETOF text LANGUAGE plpgsql AS $$
  DECLARE
    partition text;
    bound bigint := first_position_of_year(first_year_kept);
  BEGIN
    PERFORM pg_advisory_xact_lock(21333);
    FOR partition IN
      SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
       WHERE inhparent IN ('statements'::regclass, 'statement_terms'::regclass)
         AND substring(relname FROM '\\d+$')::integer < first_year_kept
       ORDER BY relname LOOP
      EXECUTE format('DROP TABLE %I', partition);
      RETURN NEXT partition;
    END LOOP;
    ALTER TABLE statement_targets NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE statement_references NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE statement_reference_terms NO FORCE ROW LEVEL SECURITY;
    DELETE FROM statement_targets WHERE position < bound AND NOT voiding;
    ${freeing}
    DELETE FROM statement_references WHERE position < bound OR target_position < bound;
    DELETE FROM statement_reference_terms WHERE position < bound OR target_position < bound;
    ALTER TABLE statement_targets FORCE ROW LEVEL SECURITY;
    ALTER TABLE statement_references FORCE ROW LEVEL SECURITY;
    ALTER TABLE statement_reference_terms FORCE ROW LEVEL SECURITY;
  END $$`;
