import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ErasedContent } from '../xapi/erasure/pseudonymise.js';

/** An identity that an erasure has taken out; all that is kept of it is a keyed hash. */
export interface ErasedIdentity {
  readonly erasureId: string;
  readonly hash: string;
  readonly pseudonym: string;
  readonly content: ErasedContent;
}

/** Identities that were erased, in the organization of the current unit of work. */
@Injectable()
export class ErasedIdentityStore {
  constructor(private readonly sql: Sql) {}

  async add(organizationId: string, identities: readonly ErasedIdentity[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO erased_identities (organization_id, hash, erasure_id, pseudonym, content)
       SELECT $1, hash, "erasureId", pseudonym, content
         FROM json_to_recordset($2::json) AS row (hash text, "erasureId" uuid, pseudonym uuid, content text)`,
      [organizationId, JSON.stringify(identities)],
    );
  }

  /** The oldest first. */
  withHashes(organizationId: string, hashes: readonly string[]): Promise<ErasedIdentity[]> {
    return this.sql.query<ErasedIdentity>(
      `SELECT hash, erasure_id AS "erasureId", pseudonym, content FROM erased_identities
        WHERE organization_id = $1 AND hash = ANY ($2) ORDER BY erasure_id`,
      [organizationId, hashes],
    );
  }

  ofErasure(organizationId: string, erasureId: string): Promise<ErasedIdentity[]> {
    return this.sql.query<ErasedIdentity>(
      `SELECT hash, erasure_id AS "erasureId", pseudonym, content FROM erased_identities
        WHERE organization_id = $1 AND erasure_id = $2 ORDER BY hash`,
      [organizationId, erasureId],
    );
  }
}
