import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { StorageModule } from '../../src/platform/storage/storage.module.js';
import { AssetsModule } from '../assets/index.js';
import { PublishingModule } from '../publishing/index.js';
import { BuiltFiles } from './build/built-files.js';
import { ExportsService } from './exports.service.js';
import { PackageBuilder } from './build/package-builder.js';
import { PackageController } from './download/package.controller.js';
import { PackageDownloads } from './download/package-downloads.service.js';
import { PackageRow } from './package.entity.js';
import { PackageFiles } from './build/package-files.js';
import { PackageJob } from './build/package-job.js';
import { PackageKeysService } from './package-keys.service.js';
import { PackagePlanner } from './build/package-planner.js';
import { PackageProgress } from './package-progress.js';
import { PackageResolver } from './package.resolver.js';
import { PackageStore } from './package.store.js';
import { ReportingKeys } from './build/reporting-keys.js';
import { VersionLoader } from './version-loader.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([PackageRow]),
    AssetsModule,
    HttpModule,
    JobsModule,
    PublishingModule,
    StorageModule,
  ],
  controllers: [PackageController],
  providers: [
    BuiltFiles,
    ExportsService,
    PackageBuilder,
    PackageDownloads,
    PackageFiles,
    PackageJob,
    PackageKeysService,
    PackagePlanner,
    PackageProgress,
    PackageResolver,
    PackageStore,
    ReportingKeys,
    VersionLoader,
  ],
})
export class ExportsModule {}
