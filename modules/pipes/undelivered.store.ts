import { Injectable } from '@nestjs/common';
import { Sql } from '../../src/platform/database/sql.js';

/** What pipes have not delivered. In the organization of the current unit of work. */
@Injectable()
export class UndeliveredStore {
  constructor(private readonly sql: Sql) {}

  /** Up to where each pipe has looked at statements. */
  positions(organizationId: string): Promise<{ name: string; position: string }[]> {
    return this.sql.query(
      `SELECT p.name, g.position::text AS position
         FROM pipes p JOIN pipe_progress g ON g.organization_id = p.organization_id AND g.pipe_id = p.id
        WHERE p.organization_id = $1 ORDER BY p.id`,
      [organizationId],
    );
  }

  /** Positions of dead letters, by pipe. */
  deadLetters(organizationId: string): Promise<{ name: string; positions: string[] }[]> {
    return this.sql.query(
      `SELECT p.name, array_agg(d.position::text) AS positions
         FROM pipes p JOIN pipe_dead_letters d ON d.organization_id = p.organization_id AND d.pipe_id = p.id
        WHERE p.organization_id = $1 GROUP BY p.id, p.name ORDER BY p.id`,
      [organizationId],
    );
  }
}
