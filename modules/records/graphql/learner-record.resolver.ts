import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { statusOf } from '../learner-record.js';
import type { Answer, LearnerRecord, RecordStatus } from '../learner-record.js';
import { LearnerRecordsService } from '../learner-records.service.js';
import { LearnerRecordConnection, LearnerRecordObject, LearnerRecordsArgs } from './learner-record.graphql.js';
import type { LearnerObject } from './learner.graphql.js';
import { RecordLoaders } from './record-loaders.js';
import type { ScenarioPathObject } from './record-parts.graphql.js';
import { filterOf, learnerView, scenarioPathView } from './record.view.js';

@Resolver(() => LearnerRecordObject)
export class LearnerRecordResolver {
  constructor(
    private readonly records: LearnerRecordsService,
    private readonly loaders: RecordLoaders,
  ) {}

  @Query(() => LearnerRecordConnection, {
    description:
      'Learner records, those that changed last first. They take every stored statement into account. Scope: RECORDS_READ.',
  })
  async learnerRecords(
    @CurrentPrincipal() principal: Principal,
    @Args() { filter, ...page }: LearnerRecordsArgs,
  ): Promise<Connection<LearnerRecord>> {
    const chosen = filterOf(filter ?? {});
    const records = succeeded(await this.records.list(principal, chosen, page));
    return toConnection(records, () => this.records.count(principal, chosen));
  }

  @Query(() => LearnerRecordObject, {
    nullable: true,
    description:
      'The record of a registration; null when no statement has it. When a registration is used for several courses or ' +
      'learners it has several records: this is the one that changed last, and `learnerRecords` lists them. Scope: RECORDS_READ.',
  })
  async learnerRecord(
    @CurrentPrincipal() principal: Principal,
    @Args('registration', { type: () => ID, description: 'UUID of the registration.' }, UuidPipe)
    registration: string,
  ): Promise<LearnerRecord | null> {
    return (await this.records.find(principal, registration)) ?? null;
  }

  @ResolveField()
  status(@Parent() record: LearnerRecord): RecordStatus {
    return statusOf(record);
  }

  @ResolveField()
  learner(@Parent() record: LearnerRecord): LearnerObject {
    return learnerView(record.learner);
  }

  @ResolveField()
  answers(
    @Parent() record: LearnerRecord,
    @CurrentPrincipal() principal: Principal,
    @Context() operation: object,
  ): Promise<Answer[]> {
    return this.loaders.of(operation, principal.organizationId).answers.load(record.id);
  }

  @ResolveField()
  async scenarioPaths(
    @Parent() record: LearnerRecord,
    @CurrentPrincipal() principal: Principal,
    @Context() operation: object,
  ): Promise<ScenarioPathObject[]> {
    const runs = await this.loaders.of(operation, principal.organizationId).scenarioRuns.load(record.id);
    return runs.map(scenarioPathView);
  }
}
