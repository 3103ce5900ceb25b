import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { DirectSql } from './direct-sql.js';
import { loadMigrations } from './migrate.js';

/** Connections of both pools, and requests that wait for one. */
export interface PoolState {
  readonly idle: number;
  readonly busy: number;
  readonly waiting: number;
}

/** Answers questions about the database itself, outside of any organization. */
@Injectable()
export class DatabaseProbe {
  constructor(
    private readonly dataSource: DataSource,
    private readonly direct: DirectSql,
  ) {}

  /** @throws when the database does not answer. */
  async ping(): Promise<void> {
    await this.dataSource.query('SELECT 1');
  }

  /** Names of migrations that this version brings and the database has not seen. */
  async missingMigrations(): Promise<string[]> {
    const rows = await this.dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
    const done = new Set(rows.map((row) => row.name));
    return (await loadMigrations()).map((migration) => migration.name).filter((name) => !done.has(name));
  }

  pool(): PoolState {
    // TypeORM's type of the driver hides the pool, which PostgresDriver calls "master".
    const { master } = this.dataSource.driver as unknown as { master: Pool };
    const { idle, busy, waiting } = this.direct.state();
    return {
      idle: master.idleCount + idle,
      busy: master.totalCount - master.idleCount + busy,
      waiting: master.waitingCount + waiting,
    };
  }
}
