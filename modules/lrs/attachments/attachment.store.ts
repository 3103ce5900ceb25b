import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { TryAgainLater } from '../../../src/platform/errors.js';

/** Bytes that an organization has. */
export interface StoredAttachment {
  readonly sha2: string;
  readonly blobId: string;
  readonly bytes: number;
}

/** Bytes that a statement has. */
export interface LinkedAttachment extends StoredAttachment {
  readonly position: string;
}

/** That a statement has bytes. */
export interface AttachmentLink {
  readonly position: string;
  readonly sha2: string;
}

/** For how long a request may rely on what it found at its beginning, and an upload may go on. */
const KEPT_FOR = `interval '6 hours'`;
/** How much older used_at may be than the last use: rows are not written for each use. */
const USE_ACCURACY = `interval '1 hour'`;

/** Rows of attachments of the organization of the current unit of work. The blobs are others' business. */
@Injectable()
export class AttachmentStore {
  constructor(private readonly sql: Sql) {}

  /** Which of the bytes are there. They stay for hours from now, also when no statement has them. */
  async known(organizationId: string, sha2s: readonly string[]): Promise<Set<string>> {
    const rows = await this.sql.query<{ sha2: string }>(
      `WITH used AS (
         UPDATE attachments SET used_at = now()
          WHERE organization_id = $1 AND sha2 = ANY ($2) AND used_at < now() - ${USE_ACCURACY})
       SELECT sha2 FROM attachments WHERE organization_id = $1 AND sha2 = ANY ($2)`,
      [organizationId, sha2s],
    );
    return new Set(rows.map(({ sha2 }) => sha2));
  }

  async beginUploads(organizationId: string, blobIds: readonly string[]): Promise<void> {
    await this.sql.query(
      'INSERT INTO attachment_uploads (organization_id, blob_id) SELECT $1, blob_id FROM unnest($2::uuid[]) AS blob_id',
      [organizationId, blobIds],
    );
  }

  /**
   * Makes uploads attachments. Where others were faster with the same bytes, theirs are taken, and the upload stays one.
   *
   * @throws Error when an upload has taken so long that it was removed
   */
  async add(organizationId: string, attachments: readonly StoredAttachment[]): Promise<void> {
    // In one order for all, or two writers of the same bytes could wait for one another.
    const sorted = [...attachments].sort((one, other) => (one.sha2 < other.sha2 ? -1 : 1));
    const [row] = await this.sql.query<{ lost: boolean }>(
      `WITH added AS (
         INSERT INTO attachments (organization_id, sha2, blob_id, bytes)
         SELECT $1, sha2, blob_id, bytes FROM unnest($2::text[], $3::uuid[], $4::bigint[]) AS sent (sha2, blob_id, bytes)
         ON CONFLICT (organization_id, sha2) DO NOTHING
         RETURNING blob_id),
       uploaded AS (
         DELETE FROM attachment_uploads u USING added
          WHERE u.organization_id = $1 AND u.blob_id = added.blob_id
         RETURNING u.blob_id)
       SELECT (SELECT count(*) FROM added) <> (SELECT count(*) FROM uploaded) AS lost`,
      [
        organizationId,
        sorted.map(({ sha2 }) => sha2),
        sorted.map(({ blobId }) => blobId),
        sorted.map(({ bytes }) => bytes),
      ],
    );
    if (row!.lost) throw new Error('An attachment took so long to arrive that what had come of it was removed.');
  }

  /** @throws TryAgainLater when bytes that the request found here at its beginning were erased meanwhile */
  async link(organizationId: string, links: readonly AttachmentLink[]): Promise<void> {
    const sha2s = [...new Set(links.map(({ sha2 }) => sha2))].sort();
    const there = await this.sql.query(
      'SELECT FROM attachments WHERE organization_id = $1 AND sha2 = ANY ($2) ORDER BY sha2 FOR KEY SHARE',
      [organizationId, sha2s],
    );
    if (there.length < sha2s.length) {
      throw new TryAgainLater('BUSY', 'An attachment that was here is being erased: send the request again.', 1);
    }
    await this.sql.query(
      `INSERT INTO statement_attachments (organization_id, position, sha2)
       SELECT $1, position, sha2 FROM unnest($2::bigint[], $3::text[]) AS link (position, sha2)
       ON CONFLICT DO NOTHING`,
      [organizationId, links.map(({ position }) => position), links.map(({ sha2 }) => sha2)],
    );
  }

  /** What the statements at the positions have. */
  async linked(organizationId: string, positions: readonly string[]): Promise<LinkedAttachment[]> {
    const rows = await this.sql.query<{ position: string; sha2: string; blobId: string; bytes: string }>(
      `SELECT l.position::text AS position, a.sha2, a.blob_id AS "blobId", a.bytes
         FROM statement_attachments l JOIN attachments a USING (organization_id, sha2)
        WHERE l.organization_id = $1 AND l.position = ANY ($2::bigint[])`,
      [organizationId, positions],
    );
    return rows.map((row) => ({ ...row, bytes: Number(row.bytes) }));
  }

  /** Takes their attachments from statements that are no more. @returns whether they had any */
  async unlink(organizationId: string, positions: readonly string[]): Promise<boolean> {
    const rows = await this.sql.query(
      'DELETE FROM statement_attachments WHERE organization_id = $1 AND position = ANY ($2::bigint[]) RETURNING sha2',
      [organizationId, positions],
    );
    return rows.length > 0;
  }

  /** The same for some of the attachments of statements. @returns the SHA-2 of each link that there was */
  async unlinkEach(organizationId: string, links: readonly AttachmentLink[]): Promise<string[]> {
    const rows = await this.sql.query<{ sha2: string }>(
      `DELETE FROM statement_attachments l USING unnest($2::bigint[], $3::text[]) AS gone (position, sha2)
        WHERE l.organization_id = $1 AND l.position = gone.position AND l.sha2 = gone.sha2 RETURNING l.sha2`,
      [organizationId, links.map(({ position }) => position), links.map(({ sha2 }) => sha2)],
    );
    return rows.map(({ sha2 }) => sha2);
  }

  /** Makes what no statement has, and no request relies on, an upload that is to be removed. */
  async retire(organizationId: string): Promise<void> {
    await this.sql.query(
      `WITH unused AS (
         SELECT sha2 FROM attachments a
          WHERE organization_id = $1 AND used_at < now() - ${KEPT_FOR} AND NOT EXISTS (
            SELECT FROM statement_attachments l WHERE l.organization_id = $1 AND l.sha2 = a.sha2)
          FOR UPDATE SKIP LOCKED),
       retired AS (
         DELETE FROM attachments a USING unused WHERE a.organization_id = $1 AND a.sha2 = unused.sha2
         RETURNING a.blob_id)
       INSERT INTO attachment_uploads (organization_id, blob_id, started_at)
       SELECT $1, blob_id, '-infinity' FROM retired`,
      [organizationId],
    );
  }

  /**
   * The same for some bytes, at once, whoever may rely on them. They are locked first: whoever links them at the same time
   * has either done so, and they stay, or finds them gone.
   *
   * @param sha2s in order
   */
  async retireNow(organizationId: string, sha2s: readonly string[]): Promise<void> {
    await this.sql.query(
      'SELECT FROM attachments WHERE organization_id = $1 AND sha2 = ANY ($2) ORDER BY sha2 FOR UPDATE',
      [organizationId, sha2s],
    );
    await this.sql.query(
      `WITH retired AS (
         DELETE FROM attachments a WHERE a.organization_id = $1 AND a.sha2 = ANY ($2) AND NOT EXISTS (
           SELECT FROM statement_attachments l WHERE l.organization_id = $1 AND l.sha2 = a.sha2)
         RETURNING a.blob_id)
       INSERT INTO attachment_uploads (organization_id, blob_id, started_at)
       SELECT $1, blob_id, '-infinity' FROM retired`,
      [organizationId, sha2s],
    );
  }

  /** Uploads that belong to no request any more; nobody else gets them until the transaction has ended. */
  async abandoned(organizationId: string, limit: number): Promise<string[]> {
    const rows = await this.sql.query<{ blobId: string }>(
      `SELECT blob_id AS "blobId" FROM attachment_uploads
        WHERE organization_id = $1 AND started_at < now() - ${KEPT_FOR} ORDER BY started_at LIMIT $2 FOR UPDATE SKIP LOCKED`,
      [organizationId, limit],
    );
    return rows.map(({ blobId }) => blobId);
  }

  /**
   * Those of these uploads that have not become attachments.
   *
   * @param uploads blob ids by SHA-2
   */
  async left(organizationId: string, uploads: ReadonlyMap<string, string>): Promise<string[]> {
    const rows = await this.sql.query<{ blobId: string }>(
      `SELECT upload.blob_id AS "blobId" FROM unnest($2::text[], $3::uuid[]) AS upload (sha2, blob_id)
        WHERE NOT EXISTS (
          SELECT FROM attachments a
           WHERE a.organization_id = $1 AND a.sha2 = upload.sha2 AND a.blob_id = upload.blob_id)`,
      [organizationId, [...uploads.keys()], [...uploads.values()]],
    );
    return rows.map(({ blobId }) => blobId);
  }

  async endUploads(organizationId: string, blobIds: readonly string[]): Promise<void> {
    await this.sql.query('DELETE FROM attachment_uploads WHERE organization_id = $1 AND blob_id = ANY ($2)', [
      organizationId,
      blobIds,
    ]);
  }

  async hasUploads(organizationId: string): Promise<boolean> {
    const rows = await this.sql.query('SELECT FROM attachment_uploads WHERE organization_id = $1 LIMIT 1', [
      organizationId,
    ]);
    return rows.length > 0;
  }
}
