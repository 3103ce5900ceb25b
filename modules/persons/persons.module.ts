import { Module } from '@nestjs/common';
import { CatalogModule, ErasureStepsModule } from '../lrs/index.js';
import { PersonNameLoaders } from './graphql/person-name-loaders.js';
import { PersonResolver } from './graphql/person.resolver.js';
import { PersonChangeStore } from './person-change.store.js';
import { PersonErasure } from './person-erasure.step.js';
import { PersonIdentitiesModule } from './person-identities.module.js';
import { PersonsService } from './persons.service.js';

/** Persons: identities that are one somebody. */
@Module({
  imports: [CatalogModule, ErasureStepsModule, PersonIdentitiesModule],
  providers: [PersonChangeStore, PersonErasure, PersonNameLoaders, PersonResolver, PersonsService],
})
export class PersonsModule {}
