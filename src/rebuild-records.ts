import 'reflect-metadata';
import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DEFAULT_ORGANIZATION_ID } from '../modules/access/index.js';
import { FactsProjectionModule, FactsProjector } from '../modules/insights/index.js';
import { ProjectionModule, RecordProjector } from '../modules/records/index.js';
import { ConfigModule } from './config.module.js';
import { loadConfig } from './config.js';
import type { Config } from './config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { openDatabase } from './platform/database/database.js';
import type { Database } from './platform/database/database.js';
import { JsonLogger } from './platform/logging/json-logger.js';
import { StartError } from './platform/start-error.js';

/** What the projections need, and nothing that listens or runs jobs. */
@Module({})
class RebuildModule {
  static of(config: Config, database: Database): DynamicModule {
    return {
      module: RebuildModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.of(database, config.databasePoolSize),
        FactsProjectionModule,
        ProjectionModule,
      ],
    };
  }
}

/**
 * Makes the learner records of organizations, and the facts of their statements, anew. With a database of its own (DATABASE_URL) the
 * service may go on running; the embedded database is free only while the service is stopped.
 */
async function main(organizationIds: readonly string[]): Promise<void> {
  const config = loadConfig(process.env);
  const database = await openDatabase(config, fail);
  const logger = new JsonLogger(config.logLevel);
  const application = await NestFactory.createApplicationContext(RebuildModule.of(config, database), { logger });
  try {
    for (const id of organizationIds) {
      await application.get(RecordProjector).rebuild(id);
      await application.get(FactsProjector).rebuild(id);
      process.stdout.write(`The learner records and the facts of organization ${id} are made anew.\n`);
    }
  } finally {
    await application.close();
    await database.stop();
  }
}

function fail(error: unknown): never {
  process.stderr.write(`${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}

const [, , ...given] = process.argv;
main(given.length > 0 ? given : [DEFAULT_ORGANIZATION_ID]).catch(fail);
