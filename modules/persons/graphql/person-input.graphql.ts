import { Field, ID, InputType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString, IsUUID, MaxLength, ValidateNested } from 'class-validator';
import { Nested } from '../../../src/platform/graphql/input-fields.js';
import { AgentInput } from './agent.graphql.js';

const MOST_AT_ONCE = 100;
const LONGEST_REASON = 1_000;

@InputType({
  description:
    'A person: by its id, or by any of its identities. An identity that is in no person stands for itself; an mbox stands for ' +
    'its SHA-1, too.',
  isOneOf: true,
})
export class PersonInput {
  @Field(() => ID, { nullable: true, description: 'Id of the person.' })
  @IsOptional()
  @IsUUID('loose')
  id?: string;

  @Nested(() => AgentInput, 'An identity of the person.')
  agent?: AgentInput;
}

@InputType({ description: 'Identities and persons that are one person.' })
export class MergePersonsInput {
  @Field(() => [AgentInput], {
    defaultValue: [],
    description: `Identities. Persons that have one of them come along. At most ${MOST_AT_ONCE}.`,
  })
  @IsArray()
  @ArrayMaxSize(MOST_AT_ONCE)
  @ValidateNested({ each: true })
  @Type(() => AgentInput)
  identities!: AgentInput[];

  @Field(() => [ID], { defaultValue: [], description: `Persons, by their ids. At most ${MOST_AT_ONCE}.` })
  @IsArray()
  @ArrayMaxSize(MOST_AT_ONCE)
  @IsUUID('loose', { each: true })
  personIds!: string[];

  @Field(() => String, { nullable: true, description: 'Why: it is kept in the history.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string | null;
}

@InputType({ description: 'Identities that are another person after all.' })
export class SplitPersonInput {
  @Field(() => ID, { description: 'The person that has them now.' })
  @IsUUID('loose')
  personId!: string;

  @Field(() => [AgentInput], {
    description: `What leaves; together it is a person of its own. An mbox takes its SHA-1 along. At most ${MOST_AT_ONCE}.`,
  })
  @IsArray()
  @ArrayMaxSize(MOST_AT_ONCE)
  @ValidateNested({ each: true })
  @Type(() => AgentInput)
  identities!: AgentInput[];

  @Field(() => String, { nullable: true, description: 'Why: it is kept in the history.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  reason?: string | null;
}
