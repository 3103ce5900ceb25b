import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { termKey } from '../xapi/terms.js';
import { entityTagOf } from './document.js';
import type {
  DocumentAddress,
  DocumentContent,
  DocumentHead,
  DocumentIds,
  DocumentPlace,
  PersonalDocument,
  StoredDocument,
} from './document.js';

/** In the place of the agent of an activity's profile, and of the activity of an agent's: no hash is this. */
const NONE = '00000000-0000-0000-0000-000000000000';

/** Octets that are read at once: the driver holds each piece three times for a moment, as text of twice its size, too. */
const PIECE = 1_048_576;

const HEAD = 'content_type AS "contentType", etag, octet_length(content) AS size, updated';

/** Documents of the organization of the current unit of work. */
@Injectable()
export class DocumentStore {
  constructor(private readonly sql: Sql) {}

  /**
   * From now until the transaction ends, no other changes the document, nor makes it if it is not there yet. To be called
   * before it is read: a row that does not exist cannot be locked.
   */
  async lock(organizationId: string, address: DocumentAddress): Promise<void> {
    const digest = hash('sha256', [organizationId, ...keysOf(address)].join(' '), 'buffer');
    // Two numbers, not one: among locks of one number are those of the clock of statements.
    await this.sql.query('SELECT pg_advisory_xact_lock($1, $2)', [digest.readInt32BE(0), digest.readInt32BE(4)]);
  }

  /** What changes next; deleting all documents of the place waits for it, too. */
  async headForUpdate(organizationId: string, address: DocumentAddress): Promise<DocumentHead | undefined> {
    const [row] = await this.sql.query<DocumentHead>(`SELECT ${HEAD} FROM documents WHERE ${ADDRESS} FOR UPDATE`, [
      organizationId,
      ...keysOf(address),
    ]);
    return row;
  }

  async head(organizationId: string, address: DocumentAddress): Promise<DocumentHead | undefined> {
    const [row] = await this.sql.query<DocumentHead>(`SELECT ${HEAD} FROM documents WHERE ${ADDRESS}`, [
      organizationId,
      ...keysOf(address),
    ]);
    return row;
  }

  async find(organizationId: string, address: DocumentAddress): Promise<StoredDocument | undefined> {
    const rows = await this.sql.query<DocumentHead & { piece: Buffer }>(
      `SELECT ${HEAD}, substring(content FROM start + 1 FOR ${PIECE}) AS piece
         FROM documents, generate_series(0, greatest(octet_length(content) - 1, 0), ${PIECE}) AS start
        WHERE ${ADDRESS} ORDER BY start`,
      [organizationId, ...keysOf(address)],
    );
    return rows[0] && { ...rows[0], pieces: rows.map(({ piece }) => piece) };
  }

  /** Adds or replaces it. */
  async save(
    organizationId: string,
    address: DocumentAddress,
    { contentType, bytes }: DocumentContent,
  ): Promise<DocumentHead> {
    const [row] = await this.sql.query<DocumentHead>(
      `INSERT INTO documents (organization_id, agent_key, activity_key, key, registration, id, activity_id,
                              content_type, etag, content, updated)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, date_trunc('milliseconds', clock_timestamp()))
       ON CONFLICT (organization_id, agent_key, activity_key, key) DO UPDATE
         SET content_type = excluded.content_type, etag = excluded.etag, content = excluded.content, updated = excluded.updated
       RETURNING ${HEAD}`,
      [
        organizationId,
        ...keysOf(address),
        address.registration ?? null,
        JSON.stringify(address.id),
        address.activityId ?? null,
        contentType,
        entityTagOf(bytes),
        bytes,
      ],
    );
    return row!;
  }

  async delete(organizationId: string, address: DocumentAddress): Promise<void> {
    await this.sql.query(`DELETE FROM documents WHERE ${ADDRESS}`, [organizationId, ...keysOf(address)]);
  }

  /** @returns the ids of those that were there */
  async deleteAll(organizationId: string, place: DocumentPlace): Promise<DocumentIds> {
    return idsIn(
      await this.sql.query<ListedDocument>(
        `WITH deleted AS (DELETE FROM documents WHERE ${PLACE} RETURNING id::text AS id, updated, key)
         SELECT id, updated FROM deleted ORDER BY updated, key`,
        placeParameters(organizationId, place),
      ),
    );
  }

  /** @param since only those that were changed later */
  async ids(organizationId: string, place: DocumentPlace, since: Date | undefined): Promise<DocumentIds> {
    return idsIn(
      await this.sql.query<ListedDocument>(
        `SELECT id::text AS id, updated FROM documents
          WHERE ${PLACE} AND ($5::timestamptz IS NULL OR updated > $5) ORDER BY updated, key`,
        [...placeParameters(organizationId, place), since ?? null],
      ),
    );
  }

  /** Everything that is kept of the agent: state in every activity, and the profile. */
  async ofAgent(organizationId: string, agentKey: string): Promise<PersonalDocument[]> {
    const rows = await this.sql.query<Record<keyof PersonalDocument, never>>(
      `SELECT id::text AS id, activity_id AS "activityId", registration, content_type AS "contentType",
              octet_length(content) AS size, updated
         FROM documents WHERE organization_id = $1 AND agent_key = $2 ORDER BY updated, key`,
      [organizationId, agentKey],
    );
    return rows.map((row) => ({
      ...row,
      id: JSON.parse(row.id) as string,
      activityId: row.activityId ?? undefined,
      registration: row.registration ?? undefined,
    }));
  }

  /** @returns how many there were */
  async deleteOfAgent(organizationId: string, agentKey: string, before: Date): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `WITH deleted AS (
         DELETE FROM documents WHERE organization_id = $1 AND agent_key = $2 AND updated < $3 RETURNING 1)
       SELECT count(*)::int AS count FROM deleted`,
      [organizationId, agentKey, before],
    );
    return row!.count;
  }
}

interface ListedDocument {
  /** As JSON. */
  readonly id: string;
  readonly updated: Date;
}

/** @param rows the longest unchanged first */
function idsIn(rows: readonly ListedDocument[]): DocumentIds {
  // Documents of several registrations may have the same id.
  const ids = new Set(rows.map(({ id }) => id));
  return { json: `[${[...ids].join(',')}]`, updated: rows.at(-1)?.updated };
}

const ADDRESS = 'organization_id = $1 AND agent_key = $2 AND activity_key = $3 AND key = $4';

const PLACE =
  'organization_id = $1 AND agent_key = $2 AND activity_key = $3 AND ($4::uuid IS NULL OR registration = $4)';

const placeParameters = (organizationId: string, place: DocumentPlace) => [
  organizationId,
  ...ownerKeys(place),
  place.registration ?? null,
];

const ownerKeys = ({ agentKey = NONE, activityId }: DocumentPlace): [agent: string, activity: string] => [
  agentKey,
  activityId === undefined ? NONE : termKey('activity', activityId),
];

/** The id has no greatest length, the key of an index has. The registration is part of it: null equals nothing in SQL. */
function keysOf(address: DocumentAddress): [agent: string, activity: string, document: string] {
  const { registration = '', id } = address;
  return [...ownerKeys(address), hash('sha256', `${registration} ${id}`, 'hex').slice(0, 32)];
}
