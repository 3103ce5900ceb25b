import { Module } from '@nestjs/common';
import { CatalogModule } from '../lrs/index.js';
import { PersonIdentities } from './person-identities.js';
import { PersonStore } from './person.store.js';

/** Who is the same person, without a transport: what other modules stand on. */
@Module({
  imports: [CatalogModule],
  providers: [PersonIdentities, PersonStore],
  exports: [PersonIdentities, PersonStore],
})
export class PersonIdentitiesModule {}
