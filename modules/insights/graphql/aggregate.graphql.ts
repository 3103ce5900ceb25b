import { ArgsType, Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { List, Nested } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { UserErrorInterface, UserErrorObject } from '../../../src/platform/graphql/user-error.interface.js';
import { ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { Dimension } from '../aggregates/aggregate.js';
import { TooCostly } from '../insights.errors.js';
import { StatementFilter } from './filter.graphql.js';
import { AgentObject } from '../../persons/index.js';
import { ActivityObject, VerbObject } from './terms.graphql.js';

const MOST_GROUPS = 500;
const DEFAULT_GROUPS = 20;
const MOST_BOUNDS = 50;

/** Bounds of a histogram. */
const Bounds = (of: string): PropertyDecorator =>
  List(
    () => Float,
    `Ascending bounds by which ${of} are distributed; a value at a bound is above it.`,
    MOST_BOUNDS,
    IsNumber({}, { each: true }),
  );

export const DimensionEnum = {
  VERB: 'VERB',
  ACTIVITY: 'ACTIVITY',
  ACTIVITY_TYPE: 'ACTIVITY_TYPE',
  ACTOR: 'ACTOR',
  PERSON: 'PERSON',
  PARENT: 'PARENT',
  REGISTRATION: 'REGISTRATION',
  RESPONSE: 'RESPONSE',
  SUCCESS: 'SUCCESS',
  COMPLETION: 'COMPLETION',
  DAY: 'DAY',
  WEEK: 'WEEK',
  MONTH: 'MONTH',
} as const satisfies Record<Dimension, Dimension>;

registerEnumType(DimensionEnum, {
  name: 'StatementDimension',
  description: 'By what statements are put into groups.',
  valuesMap: {
    VERB: { description: 'The verb.' },
    ACTIVITY: { description: 'The activity that is the object.' },
    ACTIVITY_TYPE: { description: 'The type of that activity.' },
    ACTOR: { description: 'The actor.' },
    PERSON: { description: 'The person that the actor is, whatever identity the statement has.' },
    PARENT: { description: 'The parents; a statement that has several counts in the group of each.' },
    REGISTRATION: { description: 'The registration.' },
    RESPONSE: { description: 'The response: which answers were given how often.' },
    SUCCESS: { description: 'The success.' },
    COMPLETION: { description: 'The completion.' },
    DAY: { description: 'The day on which it happened, in the time zone that is given.' },
    WEEK: { description: 'The week, which begins on Monday.' },
    MONTH: { description: 'The month.' },
  },
});

@ObjectType('ScoreMeasures', { description: 'Scaled scores of several statements, each from -1 to 1.' })
export class ScoreMeasuresObject {
  @Field(() => Float, { description: 'How many statements have one.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'The average; null where there is no score.' })
  average?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'The least.' })
  min?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'The greatest.' })
  max?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'The one in the middle.' })
  median?: number | undefined;
}

@ObjectType('HistogramBin', { description: 'Statements with a value between two bounds.' })
export class BinObject {
  @Field(() => Float, { nullable: true, description: 'This or more; null below the first bound.' })
  from?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Less than this; null from the last bound on.' })
  to?: number | undefined;

  @Field(() => Float, { description: 'How many statements.' })
  count!: number;
}

@ObjectType('StatementMeasures', { description: 'What several statements add up to.' })
export class StatementMeasuresObject {
  @Field(() => Float, { description: 'How many statements.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'How many different actors.' })
  distinctActors?: number | undefined;

  @Field(() => Float, {
    nullable: true,
    description: 'How many different persons the actors are: identities that were merged count once.',
  })
  distinctPersons?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'How many different activities they are about.' })
  distinctActivities?: number | undefined;

  @Field(() => ScoreMeasuresObject, { description: 'Their scaled scores.' })
  scaled!: ScoreMeasuresObject;

  @Field(() => Float, {
    nullable: true,
    description: '0 to 1: the successes of those that tell success or failure; null where none does.',
  })
  successRate?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Average duration of those that tell one, in seconds.' })
  averageSeconds?: number | undefined;

  @Field(() => [BinObject], { nullable: true, description: 'How scaled scores are distributed, by `scaledBounds`.' })
  scaledHistogram?: readonly BinObject[] | undefined;

  @Field(() => [BinObject], { nullable: true, description: 'How durations are distributed, by `secondsBounds`.' })
  secondsHistogram?: readonly BinObject[] | undefined;
}

@ObjectType('StatementGroup', {
  description:
    'Statements that have something in common, and what they add up to. What they are not grouped by is null, and so is ' +
    'what they have in common when it is that they do not tell it.',
})
export class StatementGroupObject extends StatementMeasuresObject {
  @Field(() => VerbObject, { nullable: true, description: 'Grouped by VERB.' })
  verb?: VerbObject | undefined;

  @Field(() => ActivityObject, { nullable: true, description: 'Grouped by ACTIVITY.' })
  activity?: ActivityObject | undefined;

  @Field(() => String, { nullable: true, description: 'Grouped by ACTIVITY_TYPE: its IRI.' })
  activityType?: string | undefined;

  @Field(() => AgentObject, { nullable: true, description: 'Grouped by ACTOR.' })
  actor?: AgentObject | undefined;

  @Field(() => AgentObject, {
    nullable: true,
    description: 'Grouped by PERSON: one of the identities; `persons: [{ agent }]` of a filter finds the others, too.',
  })
  person?: AgentObject | undefined;

  @Field(() => ActivityObject, { nullable: true, description: 'Grouped by PARENT.' })
  parent?: ActivityObject | undefined;

  @Field(() => ID, { nullable: true, description: 'Grouped by REGISTRATION.' })
  registration?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Grouped by RESPONSE; its first 1,000 characters.' })
  response?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Grouped by SUCCESS.' })
  success?: boolean | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Grouped by COMPLETION.' })
  completion?: boolean | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Grouped by the calendar: the beginning.' })
  from?: Date | undefined;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Grouped by the calendar: the beginning of the next.',
  })
  to?: Date | undefined;
}

@ObjectType('StatementAggregate', {
  description: 'What the statements of a filter add up to, as a whole and by group.',
})
export class StatementAggregateObject {
  @Field(() => StatementMeasuresObject, { description: 'All of them.' })
  total?: StatementMeasuresObject | undefined;

  @Field(() => [StatementGroupObject], {
    description:
      'The largest groups, by the count of statements. By the calendar: every day, week or month from the first to the last ' +
      'of `filter.timestamp`, or of the statements, also those where nothing happened.',
  })
  groups!: readonly StatementGroupObject[];

  @Field(() => StatementMeasuresObject, {
    nullable: true,
    description: 'All groups that are not listed, together; null when all are.',
  })
  others?: StatementMeasuresObject | undefined;

  @Field(() => Float, {
    description: 'How many groups there are, listed or not; days, weeks and months do not multiply them.',
  })
  groupCount!: number;

  @Field(() => GraphQLISODateTime, {
    description: 'Every statement that was stored before this time is taken into account.',
  })
  consistentThrough!: Date;
}

@UserErrorObject(TooCostly, 'TooCostlyError', 'The answer would take too long. A narrower question is answered.')
export class TooCostlyError extends UserErrorInterface {
  @Field(() => String, { description: 'How to mend it.' })
  hint!: string;
}

export const StatementAggregateResult = resultUnion('StatementAggregateResult', [
  StatementAggregateObject,
  ValidationError,
  TooCostlyError,
]);

@ArgsType()
export class StatementAggregateArgs {
  @Nested(() => StatementFilter, 'Which statements; all when it is left out.')
  filter?: StatementFilter | null;

  @Field(() => [DimensionEnum], {
    nullable: true,
    description: 'None, one or two; of DAY, WEEK and MONTH at most one. None: only the total.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @IsIn(Object.keys(DimensionEnum), { each: true })
  groupBy?: Dimension[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'IANA name of the time zone by which days begin, such as `Europe/Zurich`; UTC when it is left out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  timeZone?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many groups, 1 to ${MOST_GROUPS}; ${DEFAULT_GROUPS} when it is left out. Each has its whole series when it is also grouped by the calendar.`,
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_GROUPS)
  first?: number | null;

  @Bounds('scaled scores')
  scaledBounds?: number[] | null;

  @Bounds('durations in seconds')
  secondsBounds?: number[] | null;
}

/** How many groups are listed when nobody says how many. */
export const groupsOf = ({ first }: Pick<StatementAggregateArgs, 'first'>): number => first ?? DEFAULT_GROUPS;
