import { Field, ID, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { NotTogetherWith } from '../../../src/platform/graphql/not-together-with.rule.js';
import { Flag, Iris } from '../../insights/index.js';
import { AgentInput } from '../../persons/index.js';
import type { AgeBasis, RetentionAction, RetentionKindName } from '../rules/retention-rule.js';
import { RULE_FIELDS } from './rule-fields.js';

/** A hundred years. */
const MOST_DAYS = 36_525;

/** Of one list. */
const MOST_VALUES = 100;

export const RetentionKindEnum = {
  STATEMENTS: 'STATEMENTS',
  STATE_DOCUMENTS: 'STATE_DOCUMENTS',
} as const satisfies Record<RetentionKindName, RetentionKindName>;

registerEnumType(RetentionKindEnum, {
  name: 'RetentionKind',
  description: 'What a rule is about.',
  valuesMap: {
    STATEMENTS: { description: 'Statements, with their attachments.' },
    STATE_DOCUMENTS: { description: 'State documents of xAPI: what content remembers of learners.' },
  },
});

export const RetentionActionEnum = {
  DELETE: 'DELETE',
  KEEP: 'KEEP',
} as const satisfies Record<RetentionAction, RetentionAction>;

registerEnumType(RetentionActionEnum, {
  name: 'RetentionAction',
  description: 'What a rule does.',
  valuesMap: {
    DELETE: { description: 'Deletes what is older than `days`.' },
    KEEP: { description: 'Keeps it, whatever other rules say: for `days`, or for ever. A legal hold is such a rule.' },
  },
});

export const RetentionBasisEnum = {
  STORED: 'STORED',
  TIMESTAMP: 'TIMESTAMP',
} as const satisfies Record<AgeBasis, AgeBasis>;

registerEnumType(RetentionBasisEnum, {
  name: 'RetentionBasis',
  description: 'From when the age of a statement counts.',
  valuesMap: {
    STORED: { description: 'From when it was stored.' },
    TIMESTAMP: {
      description:
        'From when it happened, by the learner’s clock. For statements that were imported long after. Nothing goes before it ' +
        'has been stored for a day.',
    },
  },
});

@InputType({
  description: 'What a rule is about. Everything that is given must hold; of the values of a list, one must.',
})
export class RetentionFilterInput {
  @Iris(RULE_FIELDS.verbs)
  verbs?: string[] | null;

  @Iris(RULE_FIELDS.activities)
  activities?: string[] | null;

  @Flag(RULE_FIELDS.relatedActivities)
  relatedActivities?: boolean | null;

  @Iris(RULE_FIELDS.activityTypes)
  activityTypes?: string[] | null;

  @Field(() => [AgentInput], { nullable: true, description: `${RULE_FIELDS.agents} At most ${MOST_VALUES}.` })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => AgentInput)
  agents?: AgentInput[] | null;

  @Flag(RULE_FIELDS.relatedAgents)
  relatedAgents?: boolean | null;

  @Field(() => [String], { nullable: true, description: `${RULE_FIELDS.registrations} At most ${MOST_VALUES}.` })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @IsUUID('loose', { each: true })
  registrations?: string[] | null;

  @Flag(RULE_FIELDS.registered)
  registered?: boolean | null;
}

@InputType({ description: 'What a rule says.' })
export class RetentionRuleInput {
  @Field(() => String, { description: 'What it is for; 1 to 200 characters.' })
  @IsString()
  @Length(1, 200)
  name!: string;

  @Field(() => RetentionKindEnum, { defaultValue: 'STATEMENTS', description: RULE_FIELDS.kind })
  @IsIn(Object.keys(RetentionKindEnum))
  kind!: RetentionKindName;

  @Field(() => RetentionActionEnum, { description: RULE_FIELDS.action })
  @IsIn(Object.keys(RetentionActionEnum))
  action!: RetentionAction;

  @Field(() => Int, { nullable: true, description: `${RULE_FIELDS.days} 1 to ${MOST_DAYS}.` })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_DAYS)
  days?: number | null;

  @Field(() => RetentionBasisEnum, { defaultValue: 'STORED', description: RULE_FIELDS.basis })
  @IsIn(Object.keys(RetentionBasisEnum))
  basis!: AgeBasis;

  @Field(() => RetentionFilterInput, { nullable: true, description: 'Which; all of the kind when it is left out.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetentionFilterInput)
  filter?: RetentionFilterInput | null;

  @Field(() => Boolean, { defaultValue: true, description: RULE_FIELDS.enabled })
  @IsBoolean()
  enabled!: boolean;
}

@InputType({ description: 'A rule to create.' })
export class CreateRetentionRuleInput extends RetentionRuleInput {
  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A rule to change. What is given replaces all that it says.' })
export class UpdateRetentionRuleInput extends RetentionRuleInput {
  @Field(() => ID, { description: 'Id of the rule.' })
  @IsUUID()
  id!: string;

  @Field(() => Int, { description: 'The revision of the rule as you read it.' })
  @IsInt()
  expectedRevision!: number;
}

@InputType({ description: 'A rule, as you read it.' })
export class DeleteRetentionRuleInput {
  @Field(() => ID, { description: 'Id of the rule.' })
  @IsUUID()
  id!: string;

  @Field(() => Int, { description: 'The revision of the rule as you read it.' })
  @IsInt()
  expectedRevision!: number;
}

@InputType({ description: 'A rule to try: one that is saved, or one that is not.', isOneOf: true })
export class RetentionPreviewInput {
  @Field(() => ID, { nullable: true, description: 'Id of a rule, enabled or not.' })
  @IsOptional()
  @IsUUID()
  @NotTogetherWith('rule')
  ruleId?: string;

  @Field(() => RetentionRuleInput, { nullable: true, description: 'A rule that is not saved.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RetentionRuleInput)
  rule?: RetentionRuleInput;
}
