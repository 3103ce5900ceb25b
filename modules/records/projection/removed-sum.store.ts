import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { RecordSum } from './record-sum.js';

/**
 * What statements that have been removed add to records. Nothing makes these again: a rebuild reads them. In the organization
 * of the current unit of work.
 */
@Injectable()
export class RemovedSumStore {
  constructor(private readonly sql: Sql) {}

  async ofRegistrations(organizationId: string, registrations: readonly string[]): Promise<RecordSum[]> {
    const rows = await this.sql.query<{ sum: string }>(
      `SELECT sum::text AS sum FROM record_removed_sums
        WHERE organization_id = $1 AND registration = ANY ($2::uuid[]) ORDER BY record_id`,
      [organizationId, registrations],
    );
    return rows.map(({ sum }) => JSON.parse(sum, withDates) as RecordSum);
  }

  async put(organizationId: string, sums: readonly RecordSum[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO record_removed_sums (organization_id, record_id, registration, sum)
       SELECT $1, record_id, registration, sum
         FROM unnest($2::uuid[], $3::uuid[], $4::json[]) AS row (record_id, registration, sum)
       ON CONFLICT (organization_id, record_id) DO UPDATE SET sum = excluded.sum`,
      [
        organizationId,
        sums.map(({ id }) => id),
        sums.map(({ registration }) => registration),
        sums.map((sum) => JSON.stringify(sum)),
      ],
    );
  }

  async remove(organizationId: string, ids: readonly string[]): Promise<void> {
    await this.sql.query(
      'DELETE FROM record_removed_sums WHERE organization_id = $1 AND record_id = ANY ($2::uuid[])',
      [organizationId, ids],
    );
  }

  /** Registrations that have any, after one of them, in order. */
  async registrations(organizationId: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ registration: string }>(
      `SELECT DISTINCT registration FROM record_removed_sums
        WHERE organization_id = $1 AND registration > $2 ORDER BY registration LIMIT $3`,
      [organizationId, after, limit],
    );
    return rows.map(({ registration }) => registration);
  }
}

/** The times of a sum; what learners have named is a number or true or false (see variablesIn). */
const withDates = (name: string, value: unknown): unknown =>
  (name === 'at' || name.endsWith('At')) && typeof value === 'string' ? new Date(value) : value;
