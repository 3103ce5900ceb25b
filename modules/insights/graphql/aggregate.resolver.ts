import { Args, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { AggregatesService } from '../aggregates/aggregates.service.js';
import { groupsOf, StatementAggregateArgs, StatementAggregateResult } from './aggregate.graphql.js';
import type { StatementAggregateObject } from './aggregate.graphql.js';
import { aggregateView, questionOf } from './aggregate.view.js';
import { selectedBelow } from './selection.js';

/** It may look at every statement, whatever it answers with. */
const COST = 100;

@Resolver()
export class AggregateResolver {
  constructor(private readonly aggregates: AggregatesService) {}

  @Query(() => StatementAggregateResult, {
    description:
      'What statements add up to: counts, scores, success, durations, as a whole and by group, for charts and reports. Voided ' +
      'statements do not count. Scope: RECORDS_READ.',
    complexity: ({ args, childComplexity }) => COST + groupsOf(args) + childComplexity,
  })
  async statementAggregate(
    @CurrentPrincipal() principal: Principal,
    @Args() args: StatementAggregateArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<StatementAggregateObject | UserError> {
    return mapSuccess(await this.aggregates.answer(principal, questionOf(args, selectedBelow(info))), aggregateView);
  }
}
