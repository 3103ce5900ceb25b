import { Injectable, Logger } from '@nestjs/common';
import { DatabaseProbe } from '../database/database-probe.js';
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
    private readonly database: DatabaseProbe,
    private readonly storage: BlobStorage,
  ) {}

  /** Tries what every request needs. The reason of a failure goes to the log, not to the caller. */
  check(): Promise<Check[]> {
    return Promise.all([
      this.attempt('database', () => this.database.ping()),
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
    const missing = await this.database.missingMigrations();
    if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}`);
  }
}
