import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseProbe } from './database-probe.js';
import { DATABASE } from './database.js';
import type { Database } from './database.js';
import { DirectSql } from './direct-sql.js';
import { Notifications } from './notifications.js';
import { Sql } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

/** The connection pool and the unit of work. Modules bring their entities by TypeOrmModule.forFeature. */
@Module({})
export class DatabaseModule {
  static of(database: Database, poolSize: number): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: database.serviceUrl,
          poolSize,
          applicationName: 'lectern',
          autoLoadEntities: true,
          installExtensions: false,
          retryAttempts: 0,
        }),
      ],
      providers: [{ provide: DATABASE, useValue: database }, DirectSql, Notifications, UnitOfWork, Sql, DatabaseProbe],
      exports: [DATABASE, DirectSql, Notifications, UnitOfWork, Sql, DatabaseProbe],
    };
  }
}
