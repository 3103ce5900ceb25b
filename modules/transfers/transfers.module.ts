import { Module } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { StorageModule } from '../../src/platform/storage/storage.module.js';
import { InsightsModule } from '../insights/index.js';
import { ErasureStepsModule, StoringModule } from '../lrs/index.js';
import { ExportDownloads } from './exports/download/export-downloads.service.js';
import { StatementExportController } from './exports/download/statement-export.controller.js';
import { ExportCleaning } from './exports/export-cleaning.js';
import { ExportErasure } from './exports/export-erasure.step.js';
import { ExportErasureStore } from './exports/export-erasure.store.js';
import { ExportJob } from './exports/export.job.js';
import { ExportProgress } from './exports/export-progress.js';
import { ExportQueue } from './exports/export-queue.js';
import { ExportRunner } from './exports/export-runner.js';
import { StatementExportResolver } from './exports/statement-export.resolver.js';
import { StatementExportStore } from './exports/statement-export.store.js';
import { StatementExportsService } from './exports/statement-exports.service.js';
import { ImportErasure } from './imports/import-erasure.step.js';
import { ImportErasureStore } from './imports/import-erasure.store.js';
import { ImportJob } from './imports/import.job.js';
import { ImportProgress } from './imports/import-progress.js';
import { ImportQueue } from './imports/import-queue.js';
import { ImportRunner } from './imports/import-runner.js';
import { StatementImportResolver } from './imports/statement-import.resolver.js';
import { StatementImportRoutes } from './imports/statement-import.routes.js';
import { StatementImportStore } from './imports/statement-import.store.js';
import { StatementImportsService } from './imports/statement-imports.service.js';

const exportProviders = [
  ExportCleaning,
  ExportDownloads,
  ExportErasure,
  ExportErasureStore,
  ExportJob,
  ExportProgress,
  ExportQueue,
  ExportRunner,
  StatementExportResolver,
  StatementExportsService,
  StatementExportStore,
];

const importProviders = [
  ImportErasure,
  ImportErasureStore,
  ImportJob,
  ImportProgress,
  ImportQueue,
  ImportRunner,
  StatementImportResolver,
  StatementImportRoutes,
  StatementImportStore,
  StatementImportsService,
];

/** Statements in bulk, in and out. */
@Module({
  imports: [ErasureStepsModule, HttpModule, InsightsModule, JobsModule, StorageModule, StoringModule],
  controllers: [StatementExportController],
  providers: [...exportProviders, ...importProviders],
})
export class TransfersModule {}
