import { ArgsType, Field, GraphQLISODateTime, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, IsOptional, IsUUID } from 'class-validator';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { Uuid } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { NotFoundError } from '../../../src/platform/graphql/user-error.objects.js';
import type { RefusalReason } from '../targets/target.js';

const DeadLetterReasonEnum = {
  REFUSED: 'REFUSED',
  CONFLICT: 'CONFLICT',
  TOO_LARGE: 'TOO_LARGE',
  VERSION: 'VERSION',
  ATTACHMENT_MISSING: 'ATTACHMENT_MISSING',
} as const satisfies { readonly [Reason in RefusalReason]: Reason };

registerEnumType(DeadLetterReasonEnum, {
  name: 'DeadLetterReason',
  description: 'Why a statement is not delivered.',
  valuesMap: {
    REFUSED: { description: 'The target says that the statement is wrong.' },
    CONFLICT: { description: 'The target has another statement with its id, or does not show the one it has.' },
    TOO_LARGE: { description: 'It is too large for the target even alone.' },
    VERSION: { description: 'It says what the target’s version of xAPI cannot express.' },
    ATTACHMENT_MISSING: { description: 'The bytes of one of its attachments are gone.' },
  },
});

@ObjectType('PipeDeadLetter', { description: 'A statement that the target of a pipe does not take.' })
export class DeadLetterObject {
  @Field(() => ID, { description: 'Id of the statement.' })
  statementId!: string;

  @Field(() => DeadLetterReasonEnum, { description: 'Why it is not delivered.' })
  reason!: RefusalReason;

  @Field(() => Int, { nullable: true, description: 'Status of the target’s answer; null when it was not asked.' })
  status?: number;

  @Field(() => String, { description: 'The beginning of the target’s answer, or why it was not asked.' })
  answer!: string;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was last tried.' })
  failedAt!: Date;

  @Field(() => Boolean, { description: 'Whether it waits to be tried again.' })
  retrying!: boolean;
}

export const DeadLetterConnection = connectionOf(DeadLetterObject, 'PipeDeadLetter');

@ArgsType()
export class DeadLettersArgs extends ConnectionArgs {
  @Uuid('Id of the pipe.')
  pipeId!: string;
}

@InputType({ description: 'Dead letters of a pipe.' })
export class DeadLettersInput {
  @Uuid('Id of the pipe.')
  pipeId!: string;

  @Field(() => [ID], { nullable: true, description: 'Ids of the statements; all dead letters when left out.' })
  @IsOptional()
  @ArrayNotEmpty()
  @ArrayMaxSize(1_000)
  @IsUUID('all', { each: true })
  statementIds?: string[] | null;
}

/** The answer of a mutation on dead letters. */
function countSuccess(name: string, description: string) {
  @ObjectType(name, { description })
  class CountSuccess {
    @Field(() => Int, { description: 'How many dead letters that were.' })
    count!: number;
  }
  return CountSuccess;
}

export const RetryDeadLettersResult = resultUnion('RetryPipeDeadLettersResult', [
  countSuccess('RetryPipeDeadLettersSuccess', 'They will be offered to the target again.'),
  NotFoundError,
]);
export const SkipDeadLettersResult = resultUnion('SkipPipeDeadLettersResult', [
  countSuccess('SkipPipeDeadLettersSuccess', 'They are given up and gone.'),
  NotFoundError,
]);
