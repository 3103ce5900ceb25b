import { Module } from '@nestjs/common';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { SealedSecrets } from '../../src/platform/secrets/sealed-secrets.js';
import { CatalogModule, ErasureStepsModule, StatementsModule } from '../lrs/index.js';
import { PersonIdentitiesModule } from '../persons/index.js';
import { ErasureCertificatesService } from './erasure-certificates.service.js';
import { ErasurePreviewService } from './erasure-preview.service.js';
import { ErasureQueue } from './erasure-queue.js';
import { ErasureController } from './erasure.controller.js';
import { ErasureStore } from './erasure.store.js';
import { ErasuresService } from './erasures.service.js';
import { ErasureResolver } from './graphql/erasure.resolver.js';
import { IdempotencyErasure } from './idempotency-erasure.step.js';
import { IdempotencyErasureStore } from './idempotency-erasure.store.js';
import { Certification } from './run/certification.js';
import { ErasureFindings } from './run/erasure-findings.js';
import { ErasureProgress } from './run/erasure-progress.js';
import { ErasureRun } from './run/erasure-run.js';
import { ErasureStart } from './run/erasure-start.js';
import { ErasureSubject } from './run/erasure-subject.js';
import { ErasureJob } from './run/erasure.job.js';

/** Erasing people: asked for here, done by the steps that modules register. */
@Module({
  imports: [CatalogModule, ErasureStepsModule, JobsModule, PersonIdentitiesModule, StatementsModule],
  controllers: [ErasureController],
  providers: [
    ...[Certification, ErasureFindings, ErasureJob, ErasureProgress, ErasureRun, ErasureStart, ErasureSubject],
    ...[
      ErasureCertificatesService,
      ErasurePreviewService,
      ErasureQueue,
      ErasureResolver,
      ErasureStore,
      ErasuresService,
    ],
    ...[IdempotencyErasure, IdempotencyErasureStore, SealedSecrets],
  ],
})
export class ErasureModule {}
