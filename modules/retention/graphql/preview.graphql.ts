import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { TooCostlyError } from '../../insights/index.js';

@ObjectType('RetentionVerbCount', { description: 'How many statements have a verb.' })
export class RetentionVerbCountObject {
  @Field(() => String, { description: 'Id of the verb.' })
  verb!: string;

  @Field(() => Float, { description: 'How many.' })
  count!: number;
}

@ObjectType('RetentionYearCount', { description: 'How many are of a year.' })
export class RetentionYearCountObject {
  @Field(() => Int, { description: 'The year, in UTC, in which they were stored, or changed last.' })
  year!: number;

  @Field(() => Float, { description: 'How many.' })
  count!: number;
}

@ObjectType('RetentionAttachments', { description: 'Attachments that nothing else has.' })
export class RetentionAttachmentsObject {
  @Field(() => Float, { description: 'How many.' })
  count!: number;

  @Field(() => Float, { description: 'Their bytes.' })
  bytes!: number;
}

@ObjectType('RetentionPreview', {
  description:
    'A dry run: what a rule would delete if it were applied now, given the rules that keep; of a rule that keeps, what it keeps.',
})
export class RetentionPreviewObject {
  @Field(() => Float, { description: 'How many statements, or State documents.' })
  count!: number;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the oldest was stored, or changed last.' })
  oldest?: Date | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the newest was stored, or changed last.' })
  newest?: Date | undefined;

  @Field(() => [RetentionVerbCountObject], { description: 'By verb, the most frequent first; at most 100 verbs.' })
  verbs!: RetentionVerbCountObject[];

  @Field(() => [RetentionYearCountObject], { description: 'By year.' })
  years!: RetentionYearCountObject[];

  @Field(() => RetentionAttachmentsObject, { description: 'Attachments that would go, too.' })
  attachments!: RetentionAttachmentsObject;

  @Field(() => [ID], { description: 'Ids of the oldest 20 statements.' })
  statementIds!: string[];

  @Field(() => [Int], {
    description:
      'Years that would go at once, as a whole: the rules of all organizations let go of them. Others go statement by statement.',
  })
  droppedYears!: number[];

  @Field(() => Float, { description: 'How many more it would be, were they not needed yet: they stay until then.' })
  waiting!: number;

  @Field(() => [String], { description: 'What these are needed for: pipes that have not come to them, dead letters.' })
  waitsFor!: string[];
}

export const RetentionPreviewResult = resultUnion('RetentionPreviewResult', [
  RetentionPreviewObject,
  NotFoundError,
  ValidationError,
  TooCostlyError,
]);
