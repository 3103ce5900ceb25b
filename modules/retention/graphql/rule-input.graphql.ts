import { Field, InputType, Int, registerEnumType } from '@nestjs/graphql';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import {
  ExpectedRevision,
  Flag,
  Nested,
  OptionalUuid,
  Uuid,
  Uuids,
} from '../../../src/platform/graphql/input-fields.js';
import { NotTogetherWith } from '../../../src/platform/graphql/not-together-with.rule.js';
import { STATEMENT_CHOICE, StatementChoice } from '../../insights/index.js';
import type { AgeBasis, RetentionAction, RetentionKindName } from '../rules/retention-rule.js';
import { RULE_FIELDS } from './rule-fields.js';

/** A hundred years. */
const MOST_DAYS = 36_525;

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
  description:
    'What a rule is about. Everything that is given must hold; of the values of a list, one must. State documents are chosen ' +
    'by `activities`, `agents`, `registrations` and `registered`: by what they belong to.',
})
export class RetentionFilterInput extends StatementChoice {
  @Uuids(STATEMENT_CHOICE.registrations, { type: String })
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

  @Nested(() => RetentionFilterInput, 'Which; all of the kind when it is left out.')
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
  @Uuid('Id of the rule.')
  id!: string;

  @ExpectedRevision('rule')
  expectedRevision!: number;
}

@InputType({ description: 'A rule, as you read it.' })
export class DeleteRetentionRuleInput {
  @Uuid('Id of the rule.')
  id!: string;

  @ExpectedRevision('rule')
  expectedRevision!: number;
}

@InputType({ description: 'A rule to try: one that is saved, or one that is not.', isOneOf: true })
export class RetentionPreviewInput {
  @OptionalUuid('Id of a rule, enabled or not.')
  @NotTogetherWith('rule')
  ruleId?: string;

  @Nested(() => RetentionRuleInput, 'A rule that is not saved.')
  rule?: RetentionRuleInput;
}
