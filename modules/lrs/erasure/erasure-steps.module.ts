import { Module } from '@nestjs/common';
import { KeyedHashes } from '../../../src/platform/secrets/keyed-hashes.js';
import { ErasedIdentities } from './erased-identities.js';
import { ErasedIdentityStore } from './erased-identity.store.js';
import { ErasedStatements } from './erased-statements.js';
import { ErasureSteps } from './erasure-steps.js';
import { StatementErasureStore } from './statement-erasure.store.js';

/** Where modules say what they do when somebody is erased, and what is known of those who were. */
@Module({
  providers: [
    ErasedIdentities,
    ErasedIdentityStore,
    ErasedStatements,
    ErasureSteps,
    KeyedHashes,
    StatementErasureStore,
  ],
  exports: [ErasedIdentities, ErasedStatements, ErasureSteps, KeyedHashes, StatementErasureStore],
})
export class ErasureStepsModule {}
