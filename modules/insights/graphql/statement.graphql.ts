import { createUnionType, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { AgentObject } from '../../persons/index.js';
import { ActivityObject, ExtensionObject, LanguageTextObject, VerbObject } from './terms.graphql.js';

@ObjectType('StatementScore', { description: 'How well it went.' })
export class ScoreObject {
  @Field(() => Float, { nullable: true, description: 'From -1 to 1.' })
  scaled?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Between min and max.' })
  raw?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Least possible raw score.' })
  min?: number | undefined;

  @Field(() => Float, { nullable: true, description: 'Greatest possible raw score.' })
  max?: number | undefined;
}

@ObjectType('StatementResult', { description: 'What came of it.' })
export class ResultObject {
  @Field(() => ScoreObject, { nullable: true, description: 'How well it went.' })
  score?: ScoreObject | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether it succeeded.' })
  success?: boolean | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was completed.' })
  completion?: boolean | undefined;

  @Field(() => String, { nullable: true, description: 'The answer, in the format of the interaction’s type.' })
  response?: string | undefined;

  @Field(() => String, { nullable: true, description: 'How long it took, as ISO 8601 has it: `PT4.5S`.' })
  duration?: string | undefined;

  @Field(() => Float, {
    nullable: true,
    description: 'The duration in seconds; years and months at their average length.',
  })
  seconds?: number | undefined;

  @Field(() => [ExtensionObject], { description: 'Extensions.' })
  extensions!: ExtensionObject[];
}

@ObjectType('StatementContext', { description: 'In what surroundings it happened.' })
export class ContextObject {
  @Field(() => ID, { nullable: true, description: 'UUID that statements of the same attempt have in common.' })
  registration?: string | undefined;

  @Field(() => AgentObject, { nullable: true, description: 'The instructor.' })
  instructor?: AgentObject | undefined;

  @Field(() => AgentObject, { nullable: true, description: 'The team.' })
  team?: AgentObject | undefined;

  @Field(() => [ActivityObject], { description: 'What the object is a part of.' })
  parents!: ActivityObject[];

  @Field(() => [ActivityObject], { description: 'What it belongs to less directly: the course.' })
  groupings!: ActivityObject[];

  @Field(() => [ActivityObject], { description: 'What it is of: a profile.' })
  categories!: ActivityObject[];

  @Field(() => [ActivityObject], { description: 'Other activities.' })
  others!: ActivityObject[];

  @Field(() => String, { nullable: true, description: 'Revision of the activity.' })
  revision?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Platform that it happened on.' })
  platform?: string | undefined;

  @Field(() => String, { nullable: true, description: 'Language that it happened in (RFC 5646).' })
  language?: string | undefined;

  @Field(() => ID, { nullable: true, description: 'Id of another statement that is context to this one.' })
  statementId?: string | undefined;

  @Field(() => [ExtensionObject], { description: 'Extensions.' })
  extensions!: ExtensionObject[];
}

@ObjectType('StatementAttachment', { description: 'What is told of an attachment. Its bytes are at /xapi/statements.' })
export class AttachmentObject {
  @Field(() => String, { description: 'IRI of what it is for.' })
  usageType!: string;

  @Field(() => [LanguageTextObject], { description: 'How it is shown.' })
  displays!: LanguageTextObject[];

  @Field(() => [LanguageTextObject], { description: 'What it is.' })
  descriptions!: LanguageTextObject[];

  @Field(() => String, { description: 'Media type.' })
  contentType!: string;

  @Field(() => Float, { description: 'Its size in bytes.' })
  length!: number;

  @Field(() => String, { description: 'SHA-2 of its bytes, in hexadecimal.' })
  sha2!: string;

  @Field(() => String, { nullable: true, description: 'Where else its bytes can be read.' })
  fileUrl?: string | undefined;
}

@ObjectType('StatementReference', { description: 'Another statement, as the object of this one.' })
export class StatementReferenceObject {
  @Field(() => ID, { description: 'Id of the other statement. It need not be there.' })
  id!: string;
}

@ObjectType('SubStatement', { description: 'A statement as the object of another: something that is planned or told.' })
export class SubStatementObject {
  @Field(() => AgentObject, { description: 'Who.' })
  actor!: AgentObject;

  @Field(() => VerbObject, { description: 'Did what.' })
  verb!: VerbObject;

  @Field(() => ObjectOfStatement, { description: 'With what.' })
  object!: ShownObject;

  @Field(() => ResultObject, { nullable: true, description: 'What came of it.' })
  result?: ResultObject | undefined;

  @Field(() => ContextObject, { nullable: true, description: 'In what surroundings.' })
  context?: ContextObject | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When.' })
  timestamp?: Date | undefined;
}

/** Objects of statements; `__typename` tells them apart. */
export type ShownObject = { readonly __typename: string } & (
  | ActivityObject
  | AgentObject
  | StatementReferenceObject
  | SubStatementObject
);

const objectOfStatement: unknown = createUnionType({
  name: 'StatementObject',
  description: 'What a statement is about.',
  types: () => [ActivityObject, AgentObject, StatementReferenceObject, SubStatementObject] as const,
  resolveType: (value: ShownObject) => value.__typename,
});

/** What @nestjs/graphql keeps the union by. */
const ObjectOfStatement = objectOfStatement as symbol;

@ObjectType('Statement', { description: 'An xAPI statement: who did what, with what, and what came of it.' })
export class StatementObject {
  @Field(() => ID, { description: 'UUID.' })
  id!: string;

  @Field(() => AgentObject, { description: 'Who.' })
  actor!: AgentObject;

  @Field(() => VerbObject, { description: 'Did what.' })
  verb!: VerbObject;

  @Field(() => ObjectOfStatement, { description: 'With what.' })
  object!: ShownObject;

  @Field(() => ResultObject, { nullable: true, description: 'What came of it.' })
  result?: ResultObject | undefined;

  @Field(() => ContextObject, { nullable: true, description: 'In what surroundings.' })
  context?: ContextObject | undefined;

  @Field(() => GraphQLISODateTime, { description: 'When it happened, by the learner’s clock.' })
  timestamp!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When it was stored, by the service’s clock.' })
  stored!: Date;

  @Field(() => AgentObject, { description: 'Who asserts that it is true.' })
  authority!: AgentObject;

  @Field(() => String, { description: 'Version of xAPI that it was written for.' })
  version!: string;

  @Field(() => [AttachmentObject], { description: 'What is told of its attachments.' })
  attachments!: AttachmentObject[];

  @Field(() => Boolean, { description: 'Whether another statement takes it back. Lists leave such statements out.' })
  voided!: boolean;

  @Field(() => String, { description: 'The whole statement as it is stored, with every digit and extension: JSON.' })
  json!: string;
}

export const StatementConnection = connectionOf(StatementObject);

@ObjectType('StatementsStatus', { description: 'How far the answers to questions about statements are behind.' })
export class StatementsStatusObject {
  @Field(() => GraphQLISODateTime, {
    description: 'Every statement that was stored before this time is taken into account.',
  })
  consistentThrough!: Date;

  @Field(() => Float, { description: 'How long the first statement waits that is not; 0 when there is none.' })
  lagSeconds!: number;

  @Field(() => Int, { description: 'How many statements wait; counted up to a million.' })
  waiting!: number;
}
