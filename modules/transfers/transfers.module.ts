import { Module } from '@nestjs/common';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { StorageModule } from '../../src/platform/storage/storage.module.js';
import { StoringModule } from '../lrs/index.js';
import { ImportJob } from './imports/import.job.js';
import { ImportProgress } from './imports/import-progress.js';
import { ImportQueue } from './imports/import-queue.js';
import { ImportRunner } from './imports/import-runner.js';
import { StatementImportResolver } from './imports/statement-import.resolver.js';
import { StatementImportRoutes } from './imports/statement-import.routes.js';
import { StatementImportStore } from './imports/statement-import.store.js';
import { StatementImportsService } from './imports/statement-imports.service.js';

/** Statements in bulk. */
@Module({
  imports: [JobsModule, StoringModule, StorageModule],
  providers: [
    ImportJob,
    ImportProgress,
    ImportQueue,
    ImportRunner,
    StatementImportResolver,
    StatementImportRoutes,
    StatementImportStore,
    StatementImportsService,
  ],
})
export class TransfersModule {}
