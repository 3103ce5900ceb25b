import { Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  RevisionConflictError,
  ValidationError,
} from '../../../src/platform/graphql/user-error.objects.js';
import type { TargetSettings } from '../targets/targets.js';
import { PipeFilterObject } from './pipe-filter.graphql.js';
import { PipeTargetUnion } from './pipe-target.graphql.js';

export const PipeStateEnum = {
  CAUGHT_UP: 'CAUGHT_UP',
  DELIVERING: 'DELIVERING',
  FAILING: 'FAILING',
  PAUSED: 'PAUSED',
} as const;

export type PipeState = keyof typeof PipeStateEnum;

registerEnumType(PipeStateEnum, {
  name: 'PipeState',
  description: 'How a pipe is.',
  valuesMap: {
    CAUGHT_UP: { description: 'Everything has been looked at.' },
    DELIVERING: { description: 'There are statements to look at.' },
    FAILING: { description: 'The latest attempts failed; it tries again and again.' },
    PAUSED: { description: 'It does nothing until it is resumed.' },
  },
});

@ObjectType('PipeStatus', { description: 'How far a pipe is, and how it fares.' })
export class PipeStatusObject {
  @Field(() => PipeStateEnum, { description: 'How it is.' })
  state!: PipeState;

  @Field(() => String, { description: 'The cursor: place of the last statement that is dealt with, a whole number.' })
  position!: string;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'What was stored up to here is delivered, filtered out, or a dead letter; null while it stands at the beginning.',
  })
  storedUntil?: Date | undefined;

  @Field(() => Int, {
    description:
      'Statements that it has not looked at yet, those that the filter will not let through included; at most 100000.',
  })
  lagStatements!: number;

  @Field(() => Float, { description: 'Age of the oldest of them in seconds; 0 when there is none.' })
  lagSeconds!: number;

  @Field(() => Float, { description: 'How many statements the target has taken; a replay counts again.' })
  delivered!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the target last took statements; null: never.',
  })
  lastSuccessAt?: Date | undefined;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When an attempt last failed; null: never.' })
  lastFailureAt?: Date | undefined;

  @Field(() => String, { nullable: true, description: 'Why the last attempt that failed did so.' })
  lastError?: string | undefined;

  @Field(() => Int, { description: 'Failed attempts since the last success.' })
  consecutiveFailures!: number;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it tries again after a failure; null when it waits for nothing.',
  })
  nextAttemptAt?: Date | undefined;

  @Field(() => Int, { description: 'Statements that the target does not take; see `pipeDeadLetters`.' })
  deadLetters!: number;
}

@ObjectType('Pipe', { description: 'Forwards statements to another service, in the order in which they were stored.' })
export class PipeObject {
  @Field(() => ID, { description: 'Opaque and stable; also the label of its measurements at /metrics.' })
  id!: string;

  @Field(() => Int, {
    description: 'Grows when the settings change, or it is paused or resumed; to be sent as `expectedRevision`.',
  })
  revision!: number;

  @Field(() => String, { description: 'What it is for, in its maker’s words.' })
  name!: string;

  @Field(() => PipeTargetUnion, { description: 'Where it delivers to.' })
  target!: TargetSettings;

  @Field(() => PipeFilterObject, { description: 'Which statements go through it.' })
  filter!: PipeFilterObject;

  @Field(() => Int, { description: 'Most statements of one request.' })
  batchSize!: number;

  @Field(() => Boolean, { description: 'Whether it is told to do nothing.' })
  paused!: boolean;

  @Field(() => GraphQLISODateTime, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'When its settings changed, or it was paused or resumed.' })
  updatedAt!: Date;

  @Field(() => PipeStatusObject, { description: 'How far it is, and how it fares, at this moment.' })
  status!: PipeStatusObject;
}

export const PipeConnection = connectionOf(PipeObject);

/** The answer of a mutation that has a pipe as its result. */
function pipeSuccess(name: string, description: string) {
  @ObjectType(name, { description })
  class PipeSuccess {
    @Field(() => PipeObject, { description: 'The pipe as it is now.' })
    pipe!: PipeObject;
  }
  return PipeSuccess;
}

export const CreatePipeResult = resultUnion('CreatePipeResult', [
  pipeSuccess('CreatePipeSuccess', 'The pipe that was created.'),
  ValidationError,
  ConflictError,
]);
export const UpdatePipeResult = resultUnion('UpdatePipeResult', [
  pipeSuccess('UpdatePipeSuccess', 'The pipe that was changed.'),
  NotFoundError,
  RevisionConflictError,
  ValidationError,
]);
export const PausePipeResult = resultUnion('PausePipeResult', [
  pipeSuccess('PausePipeSuccess', 'The pipe, which does nothing now.'),
  NotFoundError,
]);
export const ResumePipeResult = resultUnion('ResumePipeResult', [
  pipeSuccess('ResumePipeSuccess', 'The pipe, which goes on now.'),
  NotFoundError,
]);
export const ReplayPipeResult = resultUnion('ReplayPipeResult', [
  pipeSuccess('ReplayPipeSuccess', 'The pipe, which goes on from another time now.'),
  NotFoundError,
]);

@ObjectType({ description: 'The pipe is gone, with its dead letters.' })
export class DeletePipeSuccess {
  @Field(() => ID, { description: 'The id that the pipe had.' })
  deletedId!: string;
}

export const DeletePipeResult = resultUnion('DeletePipeResult', [
  DeletePipeSuccess,
  NotFoundError,
  RevisionConflictError,
]);
