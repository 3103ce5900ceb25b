import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { loadMigrations } from '../database/migrate.js';
import { BlobStorage } from '../storage/blob-storage.js';

export interface Check {
  readonly name: 'database' | 'migrations' | 'storage';
  readonly ok: boolean;
}

const PATIENCE_MS = 5_000;

/** Whether the service can do its work. */
@Injectable()
export class Health {
  private readonly logger = new Logger('Health');

  constructor(
    private readonly dataSource: DataSource,
    private readonly storage: BlobStorage,
  ) {}

  /** Tries what every request needs. The reason of a failure goes to the log, not to the caller. */
  check(): Promise<Check[]> {
    return Promise.all([
      this.attempt('database', () => this.dataSource.query('SELECT 1')),
      this.attempt('migrations', () => this.requireMigrations()),
      this.attempt('storage', () => this.storage.ping()),
    ]);
  }

  private async attempt(name: Check['name'], probe: () => Promise<unknown>): Promise<Check> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    });
    try {
      await Promise.race([probe(), late]);
      return { name, ok: true };
    } catch (error) {
      this.logger.warn(`${name} is not ready: ${(error as Error).message}`);
      return { name, ok: false };
    } finally {
      clearTimeout(timer);
    }
  }

  private async requireMigrations(): Promise<void> {
    const rows = await this.dataSource.query<{ name: string }[]>('SELECT name FROM migrations');
    const done = new Set(rows.map((row) => row.name));
    const missing = (await loadMigrations()).filter((migration) => !done.has(migration.name));
    if (missing.length > 0) throw new Error(`missing: ${missing.map((migration) => migration.name).join(', ')}`);
  }
}
