import { Module } from '@nestjs/common';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { InsightsModule } from '../insights/index.js';
import { DocumentsModule, ErasureStepsModule, StatementsModule, StoringModule } from '../lrs/index.js';
import { RuleErasure } from './erasure/rule-erasure.step.js';
import { RuleErasureStore } from './erasure/rule-erasure.store.js';
import { RuleResolver } from './graphql/rule.resolver.js';
import { RunResolver } from './graphql/run.resolver.js';
import { RetentionKinds } from './kinds/retention-kinds.js';
import { StateDocumentKind } from './kinds/state-document-kind.js';
import { StatementKind } from './kinds/statement-kind.js';
import { PreviewService } from './preview.service.js';
import { RetentionRuleStore } from './rules/retention-rule.store.js';
import { RetentionRulesService } from './rules/retention-rules.service.js';
import { RetentionJob } from './runs/retention.job.js';
import { RetentionNights } from './runs/retention-nights.js';
import { RetentionRunStore } from './runs/retention-run.store.js';
import { RetentionRunsService } from './runs/retention-runs.service.js';
import { RunQueue } from './runs/run-queue.js';
import { RunSteps } from './runs/run-steps.js';
import { YearCoverage } from './years/year-coverage.js';
import { YearDrops } from './years/year-drops.js';
import { YearRuns } from './years/year-runs.js';
import { YearStatements } from './years/year-statements.js';

/** How long statements and State documents are kept. */
@Module({
  imports: [DocumentsModule, ErasureStepsModule, InsightsModule, JobsModule, StatementsModule, StoringModule],
  providers: [
    PreviewService,
    RetentionJob,
    RetentionKinds,
    RetentionNights,
    RetentionRuleStore,
    RetentionRulesService,
    RetentionRunStore,
    RetentionRunsService,
    RuleErasure,
    RuleErasureStore,
    RuleResolver,
    RunQueue,
    RunResolver,
    RunSteps,
    StateDocumentKind,
    StatementKind,
    YearCoverage,
    YearDrops,
    YearRuns,
    YearStatements,
  ],
})
export class RetentionModule {}
