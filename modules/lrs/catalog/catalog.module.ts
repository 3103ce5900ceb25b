import { Module } from '@nestjs/common';
import { StatementsModule } from '../statements/statements.module.js';
import { CatalogLearner } from './catalog-learner.js';
import { CatalogService } from './catalog.service.js';
import { CatalogStore } from './catalog.store.js';
import { PersonDirectory } from './person-directory.js';

/** What is known of activities, verbs and agents. */
@Module({
  imports: [StatementsModule],
  providers: [CatalogLearner, CatalogService, CatalogStore, PersonDirectory],
  exports: [CatalogService, PersonDirectory],
})
export class CatalogModule {}
