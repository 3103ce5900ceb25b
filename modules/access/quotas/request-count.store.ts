import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';

export interface RequestCount {
  readonly requests: number;
  /** Milliseconds until it starts over. */
  readonly left: number;
}

/** Counts of requests, in the organization of the current unit of work. */
@Injectable()
export class RequestCountStore {
  constructor(private readonly sql: Sql) {}

  /** Counts requests of a caller; a count that has ended starts over. The database's clock decides, the same for all. */
  async add(organizationId: string, caller: string, requests: number, milliseconds: number): Promise<RequestCount> {
    const [row] = await this.sql.query<RequestCount>(
      `INSERT INTO request_counts AS counted (organization_id, caller, requests, ends_at)
       VALUES ($1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond')
       ON CONFLICT (organization_id, caller) DO UPDATE
         SET requests = CASE WHEN counted.ends_at <= clock_timestamp() THEN 0 ELSE counted.requests END + excluded.requests,
             ends_at = CASE WHEN counted.ends_at <= clock_timestamp() THEN excluded.ends_at ELSE counted.ends_at END
       RETURNING requests, greatest(0, extract(epoch FROM ends_at - clock_timestamp()) * 1000)::int AS left`,
      [organizationId, caller, requests, milliseconds],
    );
    return row!;
  }
}
