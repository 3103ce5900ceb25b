import { Injectable } from '@nestjs/common';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { Page, PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../src/platform/errors.js';
import type { Pipe, PipeSettings } from './pipe.js';

const COLUMNS = `p.id, p.revision, p.name, p.target, p.filter, p.batch_size AS "batchSize", p.paused,
  p.created_at AS "createdAt", p.updated_at AS "updatedAt"`;

/** Pipes of the organization of the current unit of work, and where they begin. */
@Injectable()
export class PipeStore {
  constructor(private readonly sql: Sql) {}

  /**
   * @param secret sealed
   * @param position after which statements are looked at
   */
  async add(
    organizationId: string,
    pipe: PipeSettings & { readonly id: string; readonly paused: boolean },
    secret: string,
    position: string,
  ): Promise<Pipe> {
    const { id, name, target, filter, batchSize, paused } = pipe;
    const [added] = await this.sql.query<Pipe>(
      `INSERT INTO pipes AS p (organization_id, id, name, target, secret, filter, batch_size, paused)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      [organizationId, id, name, JSON.stringify(target), secret, JSON.stringify(filter), batchSize, paused],
    );
    await this.sql.query(
      'INSERT INTO pipe_progress (organization_id, pipe_id, position, batch_limit) VALUES ($1, $2, $3, $4)',
      [organizationId, id, position, batchSize],
    );
    return added!;
  }

  async find(organizationId: string, id: string): Promise<Pipe | undefined> {
    const [pipe] = await this.sql.query<Pipe>(
      `SELECT ${COLUMNS} FROM pipes p WHERE p.organization_id = $1 AND p.id = $2`,
      [organizationId, id],
    );
    return pipe;
  }

  /** The same, and nobody else changes it before the transaction ends. */
  async lock(organizationId: string, id: string): Promise<Pipe | undefined> {
    const [pipe] = await this.sql.query<Pipe>(
      `SELECT ${COLUMNS} FROM pipes p WHERE p.organization_id = $1 AND p.id = $2 FOR NO KEY UPDATE`,
      [organizationId, id],
    );
    return pipe;
  }

  /** The oldest first: ids are made in order. */
  async page(organizationId: string, request: PageRequest): Promise<Page<Pipe> | ValidationFailed> {
    const keyset = Keyset.of<Pipe>(request, { columns: [{ expression: 'p.id', type: 'uuid', value: ({ id }) => id }] });
    if (!(keyset instanceof Keyset)) return keyset;
    const pipes = await this.sql.query<Pipe>(
      `SELECT ${COLUMNS} FROM pipes p WHERE p.organization_id = $1 AND ${keyset.where(2)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [organizationId, ...keyset.parameters],
    );
    return keyset.page(pipes);
  }

  async count(organizationId: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pipes WHERE organization_id = $1',
      [organizationId],
    );
    return row!.count;
  }

  /** @param secret sealed; it stays as it is when undefined */
  async write(organizationId: string, id: string, settings: PipeSettings, secret: string | undefined): Promise<Pipe> {
    const { name, target, filter, batchSize } = settings;
    const [pipe] = await this.sql.query<Pipe>(
      `UPDATE pipes p SET revision = revision + 1, updated_at = now(), name = $3, target = $4, secret = coalesce($5, secret),
              filter = $6, batch_size = $7
        WHERE p.organization_id = $1 AND p.id = $2 RETURNING ${COLUMNS}`,
      [organizationId, id, name, JSON.stringify(target), secret ?? null, JSON.stringify(filter), batchSize],
    );
    await this.sql.query(
      'UPDATE pipe_progress SET batch_limit = $3, next_attempt_at = NULL WHERE organization_id = $1 AND pipe_id = $2',
      [organizationId, id, batchSize],
    );
    return pipe!;
  }

  async setPaused(organizationId: string, id: string, paused: boolean): Promise<Pipe> {
    const [pipe] = await this.sql.query<Pipe>(
      `UPDATE pipes p SET revision = revision + 1, updated_at = now(), paused = $3
        WHERE p.organization_id = $1 AND p.id = $2 RETURNING ${COLUMNS}`,
      [organizationId, id, paused],
    );
    return pipe!;
  }

  /** With its progress and its dead letters. */
  async delete(organizationId: string, id: string): Promise<void> {
    await this.sql.query('DELETE FROM pipes WHERE organization_id = $1 AND id = $2', [organizationId, id]);
  }
}
