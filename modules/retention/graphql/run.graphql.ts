import { ArgsType, Field, Float, GraphQLISODateTime, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { OptionalUuid } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, NotFoundError } from '../../../src/platform/graphql/user-error.objects.js';
import type { RunStatus } from '../runs/retention-run.js';
import { AppliedRetentionRuleObject } from './rule.graphql.js';

const RunStatusEnum = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  CANCELLED: 'CANCELLED',
} as const satisfies Record<RunStatus, RunStatus>;

registerEnumType(RunStatusEnum, {
  name: 'RetentionRunStatus',
  description: 'How far a run is.',
  valuesMap: {
    QUEUED: { description: 'Its job has not begun, or waits for another attempt; then `error` says why.' },
    RUNNING: { description: 'It is deleting.' },
    DONE: { description: 'Everything is deleted that the rule lets go, but for what `waitsFor` tells.' },
    FAILED: { description: 'It could not go on; `error` says why. What was deleted stays deleted.' },
    CANCELLED: { description: 'Somebody stopped it, or changed its rule. What was deleted stays deleted.' },
  },
});

@ObjectType('RetentionRun', { description: 'One time that a rule was applied. Runs are kept as the history.' })
export class RetentionRunObject {
  @Field(() => ID, { description: 'Id of the run.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the rule, which may be gone.' })
  ruleId!: string;

  @Field(() => AppliedRetentionRuleObject, { description: 'The rule as it was applied.' })
  rule!: AppliedRetentionRuleObject;

  @Field(() => ID, { nullable: true, description: 'Id of the key that asked for it; null: it was the night’s.' })
  requestedBy?: string | undefined;

  @Field(() => RunStatusEnum, { description: 'How far it is.' })
  status!: RunStatus;

  @Field(() => Int, { description: 'How much is done, 0 to 100.' })
  progress!: number;

  @Field(() => Float, { nullable: true, description: 'How many there were to delete when it began; null before.' })
  expected?: number | undefined;

  @Field(() => Float, { description: 'How many it has deleted, those of whole years included.' })
  deleted!: number;

  @Field(() => [Int], { description: 'Years that went as a whole.' })
  droppedYears!: number[];

  @Field(() => [String], { description: 'What was needed yet, and therefore stayed: pipes, dead letters.' })
  waitsFor!: string[];

  @Field(() => String, { nullable: true, description: 'Why it failed or ended early, or why the last attempt did.' })
  error?: string | undefined;

  @Field(() => GraphQLISODateTime, { description: 'When it was asked for: ages are told at this time.' })
  createdAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended.' })
  finishedAt?: Date | undefined;
}

export const RetentionRunConnection = connectionOf(RetentionRunObject);

@ObjectType({ description: 'A run that waits for its job.' })
export class StartRetentionRunSuccess {
  @Field(() => RetentionRunObject, { description: 'The run.' })
  run!: RetentionRunObject;
}

@ObjectType({ description: 'A run that is stopped.' })
export class CancelRetentionRunSuccess {
  @Field(() => RetentionRunObject, { description: 'The run as it is now.' })
  run!: RetentionRunObject;
}

export const StartRetentionRunResult = resultUnion('StartRetentionRunResult', [
  StartRetentionRunSuccess,
  NotFoundError,
  ConflictError,
]);

export const CancelRetentionRunResult = resultUnion('CancelRetentionRunResult', [
  CancelRetentionRunSuccess,
  NotFoundError,
  ConflictError,
]);

@ArgsType()
export class RetentionRunsArgs extends ConnectionArgs {
  @OptionalUuid('Only those of this rule.')
  ruleId?: string | null;
}
