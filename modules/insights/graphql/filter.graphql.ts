import { ArgsType, Field, Float, GraphQLISODateTime, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDate,
  IsNumber,
  IsOptional,
  IsString,
  MaxLength,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { AgentInput, PersonInput } from '../../persons/index.js';
import { Flag, Iris, MOST_VALUES, Nested, Time, Uuids } from './input-fields.js';

const LONGEST_TEXT = 200;

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
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'At this time or later.' })
  @IsOptional()
  @IsDate()
  from?: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Before this time.' })
  @IsOptional()
  @IsDate()
  to?: Date | null;
}

@InputType({
  description: 'Which statements. Everything that is given must hold; of the values of a list, one must.',
})
export class StatementFilter {
  @Uuids('With one of these ids.')
  ids?: string[] | null;

  @Field(() => [AgentInput], {
    nullable: true,
    description: `With one of these agents as the actor or the object, or as a member of it. At most ${MOST_VALUES}.`,
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => AgentInput)
  agents?: AgentInput[] | null;

  @Field(() => [PersonInput], {
    nullable: true,
    description: `With any identity of one of these persons in such a place. At most ${MOST_VALUES}.`,
  })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => PersonInput)
  persons?: PersonInput[] | null;

  @Flag('Look for `agents` and `persons` in every place: instructor, team, authority, SubStatements.')
  relatedAgents?: boolean | null;

  @Iris('With one of these verbs.')
  verbs?: string[] | null;

  @Iris('About one of these activities.')
  activities?: string[] | null;

  @Flag('Look for `activities` in every place: the context, SubStatements.')
  relatedActivities?: boolean | null;

  @Iris('About an activity of one of these types, as this statement or an earlier one tells it.')
  activityTypes?: string[] | null;

  @Iris('With one of these activities as a parent.')
  parents?: string[] | null;

  @Iris('With one of these activities as a grouping.')
  groupings?: string[] | null;

  @Iris('With one of these activities as a category.')
  categories?: string[] | null;

  @Uuids('Under one of these registrations.')
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
