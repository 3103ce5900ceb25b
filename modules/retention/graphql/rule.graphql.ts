import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  RevisionConflictError,
  ValidationError,
} from '../../../src/platform/graphql/user-error.objects.js';
import { STATEMENT_CHOICE } from '../../insights/index.js';
import { AccountAnswer, AgentAnswer } from '../../lrs/index.js';
import type { AgeBasis, RetentionAction, RetentionKindName } from '../rules/retention-rule.js';
import { RULE_FIELDS } from './rule-fields.js';
import { RetentionActionEnum, RetentionBasisEnum, RetentionKindEnum } from './rule-input.graphql.js';

@ObjectType('RetentionAccount', { description: 'An account on a system, such as the LMS.' })
export class RetentionAccountObject extends AccountAnswer {}

@ObjectType('RetentionAgent', { description: 'An agent of a rule; one identifier is given.' })
export class RetentionAgentObject extends AgentAnswer {
  @Field(() => RetentionAccountObject, { nullable: true, description: 'Account on a system, such as the LMS.' })
  account?: RetentionAccountObject | undefined;
}

@ObjectType('RetentionFilter', { description: 'What a rule is about; what is null is not asked for.' })
export class RetentionFilterObject {
  @Field(() => [String], { nullable: true, description: STATEMENT_CHOICE.verbs })
  verbs?: readonly string[] | undefined;

  @Field(() => [String], { nullable: true, description: STATEMENT_CHOICE.activities })
  activities?: readonly string[] | undefined;

  @Field(() => Boolean, { nullable: true, description: STATEMENT_CHOICE.relatedActivities })
  relatedActivities?: boolean | undefined;

  @Field(() => [String], { nullable: true, description: STATEMENT_CHOICE.activityTypes })
  activityTypes?: readonly string[] | undefined;

  @Field(() => [RetentionAgentObject], { nullable: true, description: STATEMENT_CHOICE.agents })
  agents?: readonly RetentionAgentObject[] | undefined;

  @Field(() => Boolean, { nullable: true, description: STATEMENT_CHOICE.relatedAgents })
  relatedAgents?: boolean | undefined;

  @Field(() => [String], { nullable: true, description: STATEMENT_CHOICE.registrations })
  registrations?: readonly string[] | undefined;

  @Field(() => Boolean, { nullable: true, description: RULE_FIELDS.registered })
  registered?: boolean | undefined;
}

/** What a rule says, in answers. */
@ObjectType({ isAbstract: true })
class RetentionSettingsObject {
  @Field(() => String, { description: 'What it is for, in its maker’s words.' })
  name!: string;

  @Field(() => RetentionKindEnum, { description: RULE_FIELDS.kind })
  kind!: RetentionKindName;

  @Field(() => RetentionActionEnum, { description: RULE_FIELDS.action })
  action!: RetentionAction;

  @Field(() => Int, { nullable: true, description: RULE_FIELDS.days })
  days?: number | undefined;

  @Field(() => RetentionBasisEnum, { description: RULE_FIELDS.basis })
  basis!: AgeBasis;

  @Field(() => RetentionFilterObject, { description: 'Which.' })
  filter!: RetentionFilterObject;

  @Field(() => Boolean, { description: RULE_FIELDS.enabled })
  enabled!: boolean;
}

@ObjectType('AppliedRetentionRule', { description: 'What a rule said when it was applied.' })
export class AppliedRetentionRuleObject extends RetentionSettingsObject {}

@ObjectType('RetentionRule', {
  description: 'Says how long statements or State documents are kept. Rules that delete are applied each night.',
})
export class RetentionRuleObject extends RetentionSettingsObject {
  @Field(() => ID, { description: 'Opaque and stable.' })
  id!: string;

  @Field(() => Int, { description: 'Grows when it changes; to be sent as `expectedRevision`.' })
  revision!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it was changed last.' })
  updatedAt!: Date;
}

export const RetentionRuleConnection = connectionOf(RetentionRuleObject);

@ObjectType({ description: 'A new rule.' })
export class CreateRetentionRuleSuccess {
  @Field(() => RetentionRuleObject, { description: 'The rule.' })
  rule!: RetentionRuleObject;
}

@ObjectType({ description: 'A changed rule.' })
export class UpdateRetentionRuleSuccess {
  @Field(() => RetentionRuleObject, { description: 'The rule as it is now.' })
  rule!: RetentionRuleObject;
}

@ObjectType({ description: 'A rule that is gone.' })
export class DeleteRetentionRuleSuccess {
  @Field(() => ID, { description: 'Id that the rule had.' })
  deletedId!: string;
}

export const CreateRetentionRuleResult = resultUnion('CreateRetentionRuleResult', [
  CreateRetentionRuleSuccess,
  ValidationError,
  ConflictError,
]);

export const UpdateRetentionRuleResult = resultUnion('UpdateRetentionRuleResult', [
  UpdateRetentionRuleSuccess,
  ValidationError,
  NotFoundError,
  RevisionConflictError,
]);

export const DeleteRetentionRuleResult = resultUnion('DeleteRetentionRuleResult', [
  DeleteRetentionRuleSuccess,
  NotFoundError,
  RevisionConflictError,
]);
