import { Module } from '@nestjs/common';
import { HttpModule } from '../../../src/platform/http/http.module.js';
import { JobsModule } from '../../../src/platform/jobs/jobs.module.js';
import { SealedSecrets } from '../../../src/platform/secrets/sealed-secrets.js';
import { AttachmentsModule, StatementsModule } from '../../lrs/index.js';
import { Targets } from '../targets/targets.js';
import { XapiTarget } from '../targets/xapi-target.js';
import { DeadLetterStore } from './dead-letter.store.js';
import { Deliverer } from './deliverer.js';
import { DeliveryJob } from './delivery.job.js';
import { LoadReader } from './load-reader.js';
import { PipeDoor } from './pipe-door.js';
import { PipeGauge } from './pipe-gauge.js';
import { PipeMetrics } from './pipe-metrics.js';
import { ProgressStore } from './progress.store.js';
import { Settlements } from './settlements.js';
import { WakeUps } from './wake-ups.js';

/** Delivering statements to targets. */
@Module({
  imports: [AttachmentsModule, HttpModule, JobsModule, StatementsModule],
  providers: [
    DeadLetterStore,
    Deliverer,
    DeliveryJob,
    LoadReader,
    PipeDoor,
    PipeGauge,
    PipeMetrics,
    ProgressStore,
    SealedSecrets,
    Settlements,
    Targets,
    WakeUps,
    XapiTarget,
  ],
  exports: [DeadLetterStore, PipeDoor, SealedSecrets],
})
export class DeliveryModule {}
