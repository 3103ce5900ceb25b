import { Module } from '@nestjs/common';
import { HttpModule } from '../../../src/platform/http/http.module.js';
import { JobsModule } from '../../../src/platform/jobs/jobs.module.js';
import { ErasureStepsModule } from '../erasure/erasure-steps.module.js';
import { StatementPartitionStore } from './partitions/statement-partition.store.js';
import { StatementPartitions } from './partitions/statement-partitions.js';
import { ReferenceSettling } from './references/reference-settling.job.js';
import { StatementLinker } from './references/statement-linker.js';
import { StatementReferenceStore } from './references/statement-reference.store.js';
import { StatementRemovalStore } from './removal/statement-removal.store.js';
import { StatementRemover } from './removal/statement-remover.js';
import { StatementsModule } from './statements.module.js';
import { StatementsService } from './statements.service.js';
import { StatementCommit } from './writing/statement-commit.js';
import { StatementInsertStore } from './writing/statement-insert.store.js';
import { StatementTransaction } from './writing/statement-transaction.js';
import { StatementWriter } from './writing/statement-writer.js';

/** Storing statements, and the use cases that transports call. */
@Module({
  imports: [ErasureStepsModule, HttpModule, JobsModule, StatementsModule],
  providers: [
    ReferenceSettling,
    StatementCommit,
    StatementInsertStore,
    StatementLinker,
    StatementPartitions,
    StatementPartitionStore,
    StatementReferenceStore,
    StatementRemovalStore,
    StatementRemover,
    StatementsService,
    StatementTransaction,
    StatementWriter,
  ],
  exports: [StatementPartitions, StatementRemover, StatementsService],
})
export class StoringModule {}
