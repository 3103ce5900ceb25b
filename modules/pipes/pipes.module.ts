import { Module } from '@nestjs/common';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { ErasureStepsModule, StatementsModule } from '../lrs/index.js';
import { DeadLettersService } from './dead-letters.service.js';
import { DeliveryModule } from './delivery/delivery.module.js';
import { PipeErasure } from './erasure/pipe-erasure.step.js';
import { PipeErasureStore } from './erasure/pipe-erasure.store.js';
import { DeadLetterResolver } from './graphql/dead-letter.resolver.js';
import { PipeLoaders } from './graphql/pipe-loaders.js';
import { PipeResolver } from './graphql/pipe.resolver.js';
import { PipeStore } from './pipe.store.js';
import { PipesService } from './pipes.service.js';
import { TargetKeeper } from './target-keeper.js';
import { Undelivered } from './undelivered.js';
import { UndeliveredStore } from './undelivered.store.js';

/** Pipes: forwarding statements to other services. */
@Module({
  imports: [DeliveryModule, ErasureStepsModule, HttpModule, StatementsModule],
  providers: [
    DeadLetterResolver,
    DeadLettersService,
    PipeErasure,
    PipeErasureStore,
    PipeLoaders,
    PipeResolver,
    PipeStore,
    PipesService,
    TargetKeeper,
    Undelivered,
    UndeliveredStore,
  ],
})
export class PipesModule {}
