import { Injectable } from '@nestjs/common';
import type { Client } from 'pg';
import { withClient } from '../../../../src/platform/database/server.js';

/** Blocks of a table that are looked through in one transaction: 8 MB. */
const BLOCKS_A_STEP = 1_000;

/** Held while years are dropped; who says which years are kept holds it shared. Of two numbers, the other one 0. */
export const YEARS_LOCK = 21335;

/** Partitions by SQL, as the owner of the schema. */
@Injectable()
export class StatementPartitionStore {
  async prepare(ownerUrl: string): Promise<void> {
    await withClient(ownerUrl, (client) =>
      client.query(`SELECT prepare_statement_partitions(extract(year FROM now() AT TIME ZONE 'UTC')::integer)`),
    );
  }

  /** The years that have a partition, in order. */
  years(ownerUrl: string): Promise<number[]> {
    return withClient(ownerUrl, async (client) => {
      const { rows } = await client.query<{ year: number }>(
        `SELECT substring(relname FROM '\\d+$')::int AS year FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
          WHERE inhparent = 'statements'::regclass ORDER BY 1`,
      );
      return rows.map(({ year }) => year);
    });
  }

  /** Whose statements the partitions have, and may have. */
  organizations(ownerUrl: string): Promise<string[]> {
    return withClient(ownerUrl, async (client) => {
      await client.query(`SET lock_timeout = '5s'`);
      const { rows } = await client.query<{ id: string }>('SELECT all_organizations() AS id');
      return rows.map(({ id }) => id);
    });
  }

  /** It needs the tables for itself for a moment: it gives up rather than keep everybody waiting behind it. */
  dropBefore(ownerUrl: string, firstYearKept: number, isRight: () => Promise<boolean>): Promise<string[]> {
    return withClient(ownerUrl, async (client) => {
      await client.query(`SET lock_timeout = '5s'`);
      await client.query('SELECT pg_advisory_lock($1, 0)', [YEARS_LOCK]);
      if (!(await isRight())) return [];
      const { rows } = await client.query<{ name: string }>('SELECT drop_statement_partitions($1) AS name', [
        firstYearKept,
      ]);
      return rows.map(({ name }) => name);
    });
  }

  forgetDroppedIds(ownerUrl: string): Promise<number> {
    return withClient(ownerUrl, async (client) => {
      let forgotten = 0;
      const blocks = await this.blocksOfIds(client);
      for (let block = 0; block < blocks; block += BLOCKS_A_STEP) forgotten += await this.forgetIn(client, block);
      return forgotten;
    });
  }

  private async blocksOfIds(client: Client): Promise<number> {
    const { rows } = await client.query<{ blocks: number }>(
      `SELECT (pg_relation_size('statement_ids') / current_setting('block_size')::int)::int AS blocks`,
    );
    return rows[0]!.blocks;
  }

  /** An owner whom row-level security binds lifts it within each short transaction. */
  private async forgetIn(client: Client, block: number): Promise<number> {
    const { rows } = await client.query<{ forgotten: number }>(
      'SELECT forget_dropped_statement_ids($1, $2) AS forgotten',
      [`(${block},0)`, `(${block + BLOCKS_A_STEP},0)`],
    );
    return rows[0]!.forgotten;
  }
}
