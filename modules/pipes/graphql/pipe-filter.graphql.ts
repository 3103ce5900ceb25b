import { Field, GraphQLISODateTime, InputType, ObjectType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsBoolean,
  IsDate,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

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
  homePage: 'Address of the system.',
  accountName: 'Name or id there.',
  mbox: 'E-mail address, as `mailto:someone@example.com`.',
  mboxSha1: 'SHA-1 of the mbox, in hexadecimal.',
  openid: 'OpenID.',
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
export class PipeAccountInput {
  @Field(() => String, { description: DESCRIPTIONS.homePage })
  @IsString()
  @Length(1, LONGEST)
  homePage!: string;

  @Field(() => String, { description: DESCRIPTIONS.accountName })
  @IsString()
  @Length(1, LONGEST)
  name!: string;
}

@InputType({ description: 'An agent or group, by one of the identifiers.', isOneOf: true })
export class PipeAgentIdentifierInput {
  @Field(() => PipeAccountInput, { nullable: true, description: DESCRIPTIONS.account })
  @IsOptional()
  @ValidateNested()
  @Type(() => PipeAccountInput)
  account?: PipeAccountInput;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mbox })
  @IsOptional()
  @Matches(/^mailto:[^\s@]+@[^\s@]+$/)
  @Length(1, LONGEST)
  mbox?: string;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mboxSha1 })
  @IsOptional()
  @Matches(/^[0-9a-f]{40}$/i)
  mboxSha1?: string;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.openid })
  @IsOptional()
  @IsString()
  @Length(1, LONGEST)
  openid?: string;
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
  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.verbs })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @Length(1, LONGEST, { each: true })
  verbs?: string[] | null;

  @Field(() => [PipeActivityInput], { nullable: true, description: DESCRIPTIONS.activities })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => PipeActivityInput)
  activities?: PipeActivityInput[] | null;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.activityTypes })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @Length(1, LONGEST, { each: true })
  activityTypes?: string[] | null;

  @Field(() => [PipeAgentInput], { nullable: true, description: DESCRIPTIONS.agents })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @ValidateNested({ each: true })
  @Type(() => PipeAgentInput)
  agents?: PipeAgentInput[] | null;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.registrations })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @IsUUID('all', { each: true })
  registrations?: string[] | null;

  @Field(() => [String], { nullable: true, description: DESCRIPTIONS.courseIds })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(MOST_VALUES)
  @IsUUID('all', { each: true })
  courseIds?: string[] | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: DESCRIPTIONS.since })
  @IsOptional()
  @IsDate()
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
export class PipeAccountObject {
  @Field(() => String, { description: DESCRIPTIONS.homePage })
  homePage!: string;

  @Field(() => String, { description: DESCRIPTIONS.accountName })
  name!: string;
}

@ObjectType('PipeAgent', { description: 'An agent whose statements a pipe lets through; one identifier is given.' })
export class PipeAgentObject {
  @Field(() => PipeAccountObject, { nullable: true, description: DESCRIPTIONS.account })
  account?: PipeAccountObject | undefined;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mbox })
  mbox?: string | undefined;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.mboxSha1 })
  mboxSha1?: string | undefined;

  @Field(() => String, { nullable: true, description: DESCRIPTIONS.openid })
  openid?: string | undefined;

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
