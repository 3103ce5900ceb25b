import { Args, Float, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { progressOf } from '../runs/retention-run.js';
import type { RetentionRun } from '../runs/retention-run.js';
import { RetentionRunsService } from '../runs/retention-runs.service.js';
import {
  CancelRetentionRunResult,
  RetentionRunConnection,
  RetentionRunObject,
  RetentionRunsArgs,
  StartRetentionRunResult,
} from './run.graphql.js';

@Resolver(() => RetentionRunObject)
export class RunResolver {
  constructor(private readonly runs: RetentionRunsService) {}

  @Query(() => RetentionRunConnection, {
    description: 'The history: what was deleted by rules, the newest first. Scope: ADMIN.',
  })
  async retentionRuns(
    @CurrentPrincipal() principal: Principal,
    @Args() { ruleId, ...page }: RetentionRunsArgs,
  ): Promise<Connection<RetentionRun>> {
    const of = ruleId ?? undefined;
    return toConnection(succeeded(await this.runs.page(principal, of, page)), () => this.runs.count(principal, of));
  }

  @Query(() => RetentionRunObject, {
    nullable: true,
    description: 'One run; null when there is none with this id. Scope: ADMIN.',
  })
  retentionRun(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the run.' }, UuidPipe) id: string,
  ): Promise<RetentionRun | undefined> {
    return this.runs.find(principal, id);
  }

  @Mutation(() => StartRetentionRunResult, {
    description: 'Applies a rule now. It must be enabled; try `retentionPreview` before. Scope: ADMIN.',
  })
  async startRetentionRun(
    @CurrentPrincipal() principal: Principal,
    @Args('ruleId', { type: () => ID, description: 'Id of the rule.' }, UuidPipe) ruleId: string,
  ): Promise<{ run: RetentionRun } | UserError> {
    return mapSuccess(await this.runs.start(principal, ruleId), (run) => ({ run }));
  }

  @Mutation(() => CancelRetentionRunResult, {
    description: 'Stops a run; what it has deleted stays deleted. Scope: ADMIN.',
  })
  async cancelRetentionRun(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the run.' }, UuidPipe) id: string,
  ): Promise<{ run: RetentionRun } | UserError> {
    return mapSuccess(await this.runs.cancel(principal, id), (run) => ({ run }));
  }

  @ResolveField(() => Int)
  progress(@Parent() run: RetentionRun): number {
    return progressOf(run);
  }

  @ResolveField(() => Float)
  deleted(@Parent() { deleted, dropped }: RetentionRun): number {
    return deleted + dropped;
  }
}
