import { Injectable } from '@nestjs/common';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { ErasureCounts } from '../lrs/index.js';
import { sumOf } from './erasure.js';
import type { Erasure } from './erasure.js';
import type { SignedCertificate } from './erasure-certificate.js';

type Nullable<T> = { [Name in keyof T]: undefined extends T[Name] ? Exclude<T[Name], undefined> | null : T[Name] };

const COLUMNS = `id, status, content, principal AS requester, requested_at AS "requestedAt",
  before_position::text AS before, step, step_after AS after, counts, error, finished_at AS "finishedAt"`;

/** Erasures of the organization of the current unit of work. */
@Injectable()
export class ErasureStore {
  constructor(private readonly sql: Sql) {}

  /** @param identities sealed */
  async add(
    organizationId: string,
    { id, content, requester }: Pick<Erasure, 'id' | 'content' | 'requester'>,
    identities: string,
  ): Promise<Erasure> {
    const [row] = await this.sql.query<Nullable<Erasure>>(
      `INSERT INTO erasures (organization_id, id, status, identities, content, principal)
       VALUES ($1, $2, 'WAITING', $3, $4, $5) RETURNING ${COLUMNS}`,
      [organizationId, id, identities, content, JSON.stringify(requester)],
    );
    return toErasure(row!);
  }

  async find(organizationId: string, id: string): Promise<Erasure | undefined> {
    const [found] = await this.withIds(organizationId, [id]);
    return found;
  }

  /** The newest first. */
  async withIds(organizationId: string, ids: readonly string[]): Promise<Erasure[]> {
    const rows = await this.sql.query<Nullable<Erasure>>(
      `SELECT ${COLUMNS} FROM erasures WHERE organization_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id DESC`,
      [organizationId, ids],
    );
    return rows.map(toErasure);
  }

  /** The newest first. */
  async page(organizationId: string, request: PageRequest): Promise<Page<Erasure> | ValidationFailed> {
    const keyset = Keyset.of<Erasure>(request, {
      columns: [{ expression: 'id', type: 'uuid', value: ({ id }) => id }],
      descending: true,
    });
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<Nullable<Erasure>>(
      `SELECT ${COLUMNS} FROM erasures WHERE organization_id = $1 AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(rows.map(toErasure));
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM erasures WHERE organization_id = $1',
      [organizationId],
    );
    return row!.count;
  }

  /** Sealed; undefined when it is done. */
  async identities(organizationId: string, id: string): Promise<string | undefined> {
    const [row] = await this.sql.query<{ identities: string | null }>(
      'SELECT identities FROM erasures WHERE organization_id = $1 AND id = $2',
      [organizationId, id],
    );
    return row?.identities ?? undefined;
  }

  /** From now on it is about everything that is stored by now. One that runs already stays as it is. */
  async start(organizationId: string, id: string): Promise<Erasure> {
    await this.sql.query(
      `UPDATE erasures SET status = 'RUNNING', started_in = pg_current_xact_id(),
              before_position = (floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint + 1) * 1000000
        WHERE organization_id = $1 AND id = $2 AND status = 'WAITING'`,
      [organizationId, id],
    );
    return (await this.find(organizationId, id))!;
  }

  /** Whether every transaction that was writing something when it started has ended. */
  async isAlone(organizationId: string, id: string): Promise<boolean> {
    const [row] = await this.sql.query<{ alone: boolean }>(
      `SELECT coalesce(started_in < pg_snapshot_xmin(pg_current_snapshot()), true) AS alone
         FROM erasures WHERE organization_id = $1 AND id = $2`,
      [organizationId, id],
    );
    return row!.alone;
  }

  /** Moves the checkpoint, with what was done before it. */
  async advance(
    organizationId: string,
    id: string,
    { step, after, counts }: { step: string; after: string | undefined; counts: ErasureCounts },
  ): Promise<void> {
    const [row] = await this.sql.query<{ counts: ErasureCounts }>(
      'SELECT counts FROM erasures WHERE organization_id = $1 AND id = $2 FOR UPDATE',
      [organizationId, id],
    );
    await this.sql.query(
      `UPDATE erasures SET step = $3, step_after = $4, counts = $5, error = NULL WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, step, after ?? null, JSON.stringify(sumOf([row!.counts, counts]))],
    );
  }

  async setError(organizationId: string, id: string, error: string): Promise<void> {
    await this.sql.query('UPDATE erasures SET error = $3 WHERE organization_id = $1 AND id = $2', [
      organizationId,
      id,
      error,
    ]);
  }

  /** Ends it: who was erased is known no more. */
  async finish(
    organizationId: string,
    id: string,
    finishedAt: Date,
    { certificate, signature }: SignedCertificate,
  ): Promise<void> {
    await this.sql.query(
      `INSERT INTO erasure_certificates (organization_id, erasure_id, certificate, signature) VALUES ($1, $2, $3, $4)`,
      [organizationId, id, certificate, signature],
    );
    await this.sql.query(
      `UPDATE erasures SET status = 'DONE', identities = NULL, step = NULL, step_after = NULL, error = NULL, finished_at = $3
        WHERE organization_id = $1 AND id = $2`,
      [organizationId, id, finishedAt],
    );
  }

  async certificate(organizationId: string, id: string): Promise<SignedCertificate | undefined> {
    const [row] = await this.sql.query<SignedCertificate>(
      'SELECT certificate, signature FROM erasure_certificates WHERE organization_id = $1 AND erasure_id = $2',
      [organizationId, id],
    );
    return row;
  }
}

function toErasure({ before, step, after, error, finishedAt, ...row }: Nullable<Erasure>): Erasure {
  return {
    ...row,
    before: before ?? undefined,
    step: step ?? undefined,
    after: after ?? undefined,
    error: error ?? undefined,
    finishedAt: finishedAt ?? undefined,
  };
}
