import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { PreviewService } from '../preview.service.js';
import type { WholePreview } from '../preview.service.js';
import type { RetentionRule } from '../rules/retention-rule.js';
import { RetentionRulesService } from '../rules/retention-rules.service.js';
import { RetentionPreviewResult } from './preview.graphql.js';
import {
  CreateRetentionRuleInput,
  DeleteRetentionRuleInput,
  RetentionPreviewInput,
  UpdateRetentionRuleInput,
} from './rule-input.graphql.js';
import {
  CreateRetentionRuleResult,
  DeleteRetentionRuleResult,
  RetentionRuleConnection,
  RetentionRuleObject,
  UpdateRetentionRuleResult,
} from './rule.graphql.js';
import { settingsOf } from './rule.view.js';

/** It may look at every statement. */
const COST = 100;

@Resolver(() => RetentionRuleObject)
export class RuleResolver {
  constructor(
    private readonly rules: RetentionRulesService,
    private readonly previews: PreviewService,
  ) {}

  @Query(() => RetentionRuleConnection, { description: 'Rules of your organization, the oldest first. Scope: ADMIN.' })
  async retentionRules(
    @CurrentPrincipal() principal: Principal,
    @Args() page: ConnectionArgs,
  ): Promise<Connection<RetentionRule>> {
    return toConnection(succeeded(await this.rules.page(principal, page)), () => this.rules.count(principal));
  }

  @Query(() => RetentionRuleObject, {
    nullable: true,
    description: 'One rule; null when there is none with this id. Scope: ADMIN.',
  })
  retentionRule(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the rule.' }, UuidPipe) id: string,
  ): Promise<RetentionRule | undefined> {
    return this.rules.find(principal, id);
  }

  @Query(() => RetentionPreviewResult, {
    description: 'A dry run of a rule: what it would delete. It changes nothing. Scope: ADMIN.',
    complexity: ({ childComplexity }) => COST + childComplexity,
  })
  retentionPreview(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The rule.' }) { ruleId, rule }: RetentionPreviewInput,
  ): Promise<WholePreview | UserError> {
    return this.previews.preview(principal, ruleId ?? settingsOf(rule!));
  }

  @Mutation(() => CreateRetentionRuleResult, {
    description:
      'Creates a rule. One that keeps holds at once; one that deletes is applied each night, or when you start a run. Scope: ADMIN.',
  })
  async createRetentionRule(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The rule.' }) { idempotencyKey, ...input }: CreateRetentionRuleInput,
  ): Promise<{ rule: RetentionRule } | UserError> {
    return mapSuccess(await this.rules.create(principal, settingsOf(input), idempotencyKey), (rule) => ({ rule }));
  }

  @Mutation(() => UpdateRetentionRuleResult, {
    description: 'Replaces what a rule says. A run of it that is under way ends. Scope: ADMIN.',
  })
  async updateRetentionRule(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The rule.' }) input: UpdateRetentionRuleInput,
  ): Promise<{ rule: RetentionRule } | UserError> {
    return mapSuccess(await this.rules.update(principal, input, settingsOf(input)), (rule) => ({ rule }));
  }

  @Mutation(() => DeleteRetentionRuleResult, {
    description: 'Deletes a rule. A run of it that is under way ends; its history stays. Scope: ADMIN.',
  })
  deleteRetentionRule(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'The rule.' }) input: DeleteRetentionRuleInput,
  ): Promise<{ deletedId: string } | UserError> {
    return this.rules.delete(principal, input);
  }
}
