import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { IsBoolean, IsString, Length, ValidateNested } from 'class-validator';
import { Iris, Nested, NestedList, Time, Uuids } from '../../../src/platform/graphql/input-fields.js';
import { AccountAnswer, AccountFields, AgentAnswer, AgentFields } from '../../lrs/index.js';

const MOST_VALUES = 200;
const LONGEST = 2_000;

const DESCRIPTIONS = {
  verbs: 'Ids of verbs.',
  activities: 'Activities, by id or by how their ids begin.',
  activityTypes: 'Types of the activity that the statement is about.',
  agents: 'Agents and groups, by one of the identifiers.',
  registrations: 'UUIDs of registrations.',
  courseIds: 'Courses of this service: the statement is about the course or an element of it.',
  since: 'Stored later than this.',
  prefix: 'All activities whose ids begin with `id`.',
  relatedActivity: 'In every place, as `related_activities` of xAPI; otherwise as the object only.',
  relatedAgent: 'In every place, as `related_agents` of xAPI; otherwise as actor and object only.',
  account: 'Account on a system.',
} as const;

@InputType({ description: 'Activities that a pipe lets through.' })
export class PipeActivityInput {
  @Field(() => String, { description: 'Id of the activity, or how it begins.' })
  @IsString()
  @Length(1, LONGEST)
  id!: string;

  @Field(() => Boolean, { defaultValue: false, description: DESCRIPTIONS.prefix })
  @IsBoolean()
  prefix!: boolean;

  @Field(() => Boolean, { defaultValue: false, description: DESCRIPTIONS.relatedActivity })
  @IsBoolean()
  related!: boolean;
}

@InputType({ description: 'An account on a system.' })
export class PipeAccountInput extends AccountFields {}

@InputType({ description: 'An agent or group, by one of the identifiers.', isOneOf: true })
export class PipeAgentIdentifierInput extends AgentFields {
  @Nested(() => PipeAccountInput, DESCRIPTIONS.account)
  account?: PipeAccountInput;
}

@InputType({ description: 'An agent whose statements a pipe lets through.' })
export class PipeAgentInput {
  @Field(() => PipeAgentIdentifierInput, { description: 'Who.' })
  @ValidateNested()
  @Type(() => PipeAgentIdentifierInput)
  agent!: PipeAgentIdentifierInput;

  @Field(() => Boolean, { defaultValue: false, description: DESCRIPTIONS.relatedAgent })
  @IsBoolean()
  related!: boolean;
}

@InputType({
  description:
    'Which statements go through a pipe. Of each list one value must match, and all that are given must hold. What voids a ' +
    'statement goes wherever the statement goes.',
})
export class PipeFilterInput {
  @Iris(DESCRIPTIONS.verbs, MOST_VALUES)
  verbs?: string[] | null;

  @NestedList(() => PipeActivityInput, DESCRIPTIONS.activities, MOST_VALUES)
  activities?: PipeActivityInput[] | null;

  @Iris(DESCRIPTIONS.activityTypes, MOST_VALUES)
  activityTypes?: string[] | null;

  @NestedList(() => PipeAgentInput, DESCRIPTIONS.agents, MOST_VALUES)
  agents?: PipeAgentInput[] | null;

  @Uuids(DESCRIPTIONS.registrations, { type: String, most: MOST_VALUES })
  registrations?: string[] | null;

  @Uuids(DESCRIPTIONS.courseIds, { type: String, most: MOST_VALUES })
  courseIds?: string[] | null;

  @Time(DESCRIPTIONS.since)
  since?: Date | null;
}

@ObjectType('PipeActivity', { description: 'Activities that a pipe lets through.' })
export class PipeActivityObject {
  @Field(() => String, { description: 'Id of the activity, or how it begins.' })
  id!: string;

  @Field(() => Boolean, { description: DESCRIPTIONS.prefix })
  prefix!: boolean;

  @Field(() => Boolean, { description: DESCRIPTIONS.relatedActivity })
  related!: boolean;
}

@ObjectType('PipeAccount', { description: 'An account on a system.' })
export class PipeAccountObject extends AccountAnswer {}

@ObjectType('PipeAgent', { description: 'An agent whose statements a pipe lets through; one identifier is given.' })
export class PipeAgentObject extends AgentAnswer {
  @Field(() => PipeAccountObject, { nullable: true, description: DESCRIPTIONS.account })
  account?: PipeAccountObject | undefined;

  @Field(() => Boolean, { description: DESCRIPTIONS.relatedAgent })
  related!: boolean;
}

@ObjectType('PipeFilter', { description: 'Which statements go through a pipe; a list that is null lets all through.' })
export class PipeFilterObject {
  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.verbs })
  verbs?: readonly string[] | undefined;

  @Field(() => [PipeActivityObject], { nullable: true, description: DESCRIPTIONS.activities })
  activities?: readonly PipeActivityObject[] | undefined;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.activityTypes })
  activityTypes?: readonly string[] | undefined;

  @Field(() => [PipeAgentObject], { nullable: true, description: DESCRIPTIONS.agents })
  agents?: readonly PipeAgentObject[] | undefined;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.registrations })
  registrations?: readonly string[] | undefined;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.courseIds })
  courseIds?: readonly string[] | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: DESCRIPTIONS.since })
  since?: Date | undefined;
}
