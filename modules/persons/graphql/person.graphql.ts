import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import type { PersonChangeKind } from '../person.js';
import { AgentObject } from './agent.graphql.js';

const PersonChangeKindEnum = {
  MERGE: 'MERGE',
  SPLIT: 'SPLIT',
} as const satisfies Record<PersonChangeKind, PersonChangeKind>;

registerEnumType(PersonChangeKindEnum, {
  name: 'PersonChangeKind',
  description: 'What was done to a person.',
  valuesMap: {
    MERGE: { description: 'Identities came to it.' },
    SPLIT: { description: 'Identities left it, and are another person.' },
  },
});

@ObjectType('PersonEditor', { description: 'Who did something: a key, or a token.' })
export class PersonEditorObject {
  @Field(() => ID, { description: 'Id of the API key, or of the token issuer.' })
  keyId!: string;

  @Field(() => String, { nullable: true, description: 'What the key is for, in its maker’s words.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'The client, of a token.' })
  client?: string;

  @Field(() => String, { nullable: true, description: 'Whom the client acted for.' })
  user?: string;
}

@ObjectType('PersonChange', { description: 'A merge or a split.' })
export class PersonChangeObject {
  @Field(() => ID, { description: 'Id of the change.' })
  id!: string;

  @Field(() => PersonChangeKindEnum, { description: 'What was done.' })
  kind!: PersonChangeKind;

  @Field(() => ID, { description: 'The person that identities came to, or left.' })
  personId!: string;

  @Field(() => [AgentObject], { description: 'The identities that came or left.' })
  identities!: AgentObject[];

  @Field(() => [ID], { description: 'Persons that were merged into it, or the person that was split off.' })
  otherIds!: readonly string[];

  @Field(() => PersonEditorObject, { description: 'Who did it.' })
  doneBy!: PersonEditorObject;

  @Field(() => String, { nullable: true, description: 'Why, as it was told.' })
  reason?: string | undefined;

  @Field(() => GraphQLISODateTime, { description: 'When.' })
  changedAt!: Date;
}

export const PersonChangeConnection = connectionOf(PersonChangeObject);

@ObjectType('Person', {
  description:
    'Somebody whom statements name by several identities. Statements stay as they are; who asks for the person gets those of all identities.',
})
export class PersonObject {
  @Field(() => ID, { description: 'Id of the person. After a merge the ids of all who were merged lead to it.' })
  id!: string;

  @Field(() => [AgentObject], { description: 'The identities, as they were given.' })
  identities!: AgentObject[];

  @Field(() => [String], { description: 'Every name that statements have for one of the identities.' })
  names!: string[];

  @Field(() => GraphQLISODateTime, { description: 'When identities were merged for the first time.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When identities came or left last.' })
  updatedAt!: Date;
}

export const PersonConnection = connectionOf(PersonObject);

@ObjectType({ description: 'One person.' })
export class MergePersonsSuccess {
  @Field(() => PersonObject, { description: 'The person: the oldest of those that were merged, or a new one.' })
  person!: PersonObject;

  @Field(() => PersonChangeObject, { nullable: true, description: 'What was noted; null when they were one already.' })
  change?: PersonChangeObject | undefined;
}

export const MergePersonsResult = resultUnion('MergePersonsResult', [
  MergePersonsSuccess,
  NotFoundError,
  ValidationError,
]);

@ObjectType({ description: 'Two persons.' })
export class SplitPersonSuccess {
  @Field(() => PersonObject, { description: 'What is left of the person.' })
  person!: PersonObject;

  @Field(() => PersonObject, { description: 'The new person, of the identities that left.' })
  splitOff!: PersonObject;

  @Field(() => PersonChangeObject, { description: 'What was noted.' })
  change!: PersonChangeObject;
}

export const SplitPersonResult = resultUnion('SplitPersonResult', [SplitPersonSuccess, NotFoundError, ValidationError]);
