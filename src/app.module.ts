import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { AccessModule } from '../modules/access/index.js';
import { AssetsModule } from '../modules/assets/index.js';
import { CoursesModule } from '../modules/courses/index.js';
import { ErasureModule } from '../modules/erasure/index.js';
import { PersonsModule } from '../modules/persons/index.js';
import { ProfilesModule } from '../modules/profiles/index.js';
import { PublishingModule } from '../modules/publishing/index.js';
import { ExportsModule } from '../modules/exports/index.js';
import { LrsModule } from '../modules/lrs/index.js';
import { InsightsModule } from '../modules/insights/index.js';
import { PipesModule } from '../modules/pipes/index.js';
import { RecordsModule } from '../modules/records/index.js';
import { RetentionModule } from '../modules/retention/index.js';
import { AssessmentsModule } from '../modules/assessments/index.js';
import { ScenariosModule } from '../modules/scenarios/index.js';
import { TransfersModule } from '../modules/transfers/index.js';
import { ConfigModule } from './config.module.js';
import type { Config } from './config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import type { Database } from './platform/database/database.js';
import { GraphqlModule } from './platform/graphql/graphql.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { StorageModule } from './platform/storage/storage.module.js';

const platform: (Type | DynamicModule)[] = [GraphqlModule, HttpModule, JobsModule, StorageModule];

/** One line a domain. */
const domains: Type[] = [
  AccessModule,
  AssetsModule,
  CoursesModule,
  LrsModule,
  ProfilesModule,
  PublishingModule,
  ExportsModule,
  RecordsModule,
  InsightsModule,
  PipesModule,
  ScenariosModule,
  AssessmentsModule,
  TransfersModule,
  RetentionModule,
  PersonsModule,
  ErasureModule,
];

/** The whole service: the only file that names every module. */
@Module({})
export class AppModule {
  static of(config: Config, database: Database): DynamicModule {
    return {
      module: AppModule,
      imports: [ConfigModule.of(config), DatabaseModule.of(database, config.databasePoolSize), ...platform, ...domains],
    };
  }
}
