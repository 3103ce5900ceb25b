import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { Sql } from '../../../src/platform/database/sql.js';

/** Bounds how long each SQL statement of the current transaction may take. */
@Injectable()
export class StatementTimeoutStore {
  constructor(
    private readonly sql: Sql,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get seconds(): number {
    return this.config.insightsTimeoutMs / 1_000;
  }

  async set(): Promise<void> {
    await this.sql.query(`SELECT set_config('statement_timeout', $1, true)`, [`${this.config.insightsTimeoutMs}ms`]);
  }
}
