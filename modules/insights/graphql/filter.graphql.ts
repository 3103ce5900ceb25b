import { ArgsType, Field, Float, InputType } from '@nestjs/graphql';
import { IsNumber, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { Flag, Iris, Nested, NestedList, Time, Uuids } from '../../../src/platform/graphql/input-fields.js';
import { AgentInput, PersonInput } from '../../persons/index.js';

const LONGEST_TEXT = 200;

/** What the fields of a choice mean, the same in inputs and answers. */
export const STATEMENT_CHOICE = {
  agents: 'With one of these agents as the actor or the object, or as a member of it.',
  relatedAgents: 'Look for whom you name in every place: instructor, team, authority, SubStatements.',
  verbs: 'With one of these verbs.',
  activities: 'About one of these activities.',
  relatedActivities: 'Look for `activities` in every place: the context, SubStatements.',
  activityTypes: 'About an activity of one of these types, as the statement or an earlier one tells it.',
  registrations: 'Under one of these registrations.',
} as const;

@InputType({ description: 'Numbers between two bounds.' })
export class NumberRangeInput {
  @Field(() => Float, { nullable: true, description: 'This or more.' })
  @IsOptional()
  @IsNumber()
  min?: number | null;

  @Field(() => Float, { nullable: true, description: 'This or less.' })
  @IsOptional()
  @IsNumber()
  max?: number | null;
}

@InputType({ description: 'A time span, of which the beginning belongs to it and the end does not.' })
export class TimeRangeInput {
  @Time('At this time or later.')
  from?: Date | null;

  @Time('Before this time.')
  to?: Date | null;
}

/** What statements are chosen by, in searches as in rules. */
@InputType({ isAbstract: true })
export abstract class StatementChoice {
  @NestedList(() => AgentInput, STATEMENT_CHOICE.agents)
  agents?: AgentInput[] | null;

  @Flag(STATEMENT_CHOICE.relatedAgents)
  relatedAgents?: boolean | null;

  @Iris(STATEMENT_CHOICE.verbs)
  verbs?: string[] | null;

  @Iris(STATEMENT_CHOICE.activities)
  activities?: string[] | null;

  @Flag(STATEMENT_CHOICE.relatedActivities)
  relatedActivities?: boolean | null;

  @Iris(STATEMENT_CHOICE.activityTypes)
  activityTypes?: string[] | null;
}

@InputType({
  description: 'Which statements. Everything that is given must hold; of the values of a list, one must.',
})
export class StatementFilter extends StatementChoice {
  @Uuids('With one of these ids.')
  ids?: string[] | null;

  @NestedList(() => PersonInput, 'With any identity of one of these persons in such a place.')
  persons?: PersonInput[] | null;

  @Iris('With one of these activities as a parent.')
  parents?: string[] | null;

  @Iris('With one of these activities as a grouping.')
  groupings?: string[] | null;

  @Iris('With one of these activities as a category.')
  categories?: string[] | null;

  @Uuids(STATEMENT_CHOICE.registrations)
  registrations?: string[] | null;

  @Time('Stored later than this.')
  since?: Date | null;

  @Time('Stored at this time or earlier.')
  until?: Date | null;

  @Nested(() => TimeRangeInput, 'Happened in this time span, by the learner’s clock.')
  timestamp?: TimeRangeInput | null;

  @Nested(() => NumberRangeInput, 'With a scaled score between these, which are from -1 to 1.')
  scaled?: NumberRangeInput | null;

  @Nested(() => NumberRangeInput, 'With a raw score between these.')
  raw?: NumberRangeInput | null;

  @Nested(() => NumberRangeInput, 'With a duration between these, in seconds.')
  seconds?: NumberRangeInput | null;

  @Flag('With this success.')
  success?: boolean | null;

  @Flag('With this completion.')
  completion?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Each of these words begins a word of the actor’s name or identifier, of the object’s name or description in any ' +
      'language, or of the response. Case and accents make no difference. At most 8 words.',
  })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(LONGEST_TEXT)
  text?: string | null;
}

@ArgsType()
export class StatementsArgs extends ConnectionArgs {
  @Nested(() => StatementFilter, 'Which statements; all when it is left out.')
  filter?: StatementFilter | null;

  @Flag('The statement that was stored first comes first.')
  ascending?: boolean | null;
}

@ArgsType()
export class StatementStoredArgs {
  @Nested(() => StatementFilter, 'Which statements; all when it is left out.')
  filter?: StatementFilter | null;
}
