import {
  ArgsType,
  Field,
  Float,
  GraphQLISODateTime,
  ID,
  InputType,
  Int,
  ObjectType,
  registerEnumType,
} from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { Flag, Nested, OptionalUuid, Time } from '../../../src/platform/graphql/input-fields.js';
import { PersonInput } from '../../persons/index.js';
import type { RecordStatus } from '../learner-record.js';
import { LearnerInput, LearnerObject } from './learner.graphql.js';
import { AnswerObject, ScenarioPathObject } from './record-parts.graphql.js';

const StatusEnum = {
  IN_PROGRESS: 'IN_PROGRESS',
  COMPLETED: 'COMPLETED',
  PASSED: 'PASSED',
  FAILED: 'FAILED',
} as const satisfies Record<RecordStatus, RecordStatus>;

registerEnumType(StatusEnum, {
  name: 'LearnerRecordStatus',
  description: 'Where a learner stands in a course, in one word.',
  valuesMap: {
    IN_PROGRESS: { description: 'Begun, not complete, neither passed nor failed.' },
    COMPLETED: { description: 'Complete; the course has no pass or fail.' },
    PASSED: { description: 'Passed. A later failure does not take it back.' },
    FAILED: { description: 'Failed, and not passed since.' },
  },
});

@ObjectType('LearnerRecord', {
  description: 'What the xAPI statements of one learner, in one course, under one registration add up to.',
})
export class LearnerRecordObject {
  @Field(() => ID, { description: 'Opaque and stable, also when records are rebuilt.' })
  id!: string;

  @Field(() => ID, { description: 'UUID that all statements of this learner’s course have in common.' })
  registration!: string;

  @Field(() => ID, { description: 'The course. It may be deleted since.' })
  courseId!: string;

  @Field(() => Int, { nullable: true, description: 'Number of the published version that the learner saw last.' })
  version?: number;

  @Field(() => LearnerObject, { description: 'The learner, as the latest statement names them.' })
  learner!: LearnerObject;

  @Field(() => StatusEnum, { description: 'Completion and success in one word.' })
  status!: RecordStatus;

  @Field(() => Int, { nullable: true, description: 'Percent of the required lessons that are complete, 0 to 100.' })
  progress?: number;

  @Field(() => Boolean, { description: 'Whether the course was completed.' })
  completion!: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Passed or failed; null as long as neither is decided.' })
  success?: boolean;

  @Field(() => Float, { nullable: true, description: 'Score of the course, 0 to 100; null as long as there is none.' })
  score?: number;

  @Field(() => Float, { nullable: true, description: 'Time in the course over all launches, in seconds.' })
  secondsSpent?: number;

  @Field(() => [AnswerObject], { description: 'Answers to questions and knowledge checks, in the order of time.' })
  answers!: AnswerObject[];

  @Field(() => [ScenarioPathObject], { description: 'Ways through the scenarios, by lesson and run.' })
  scenarioPaths!: ScenarioPathObject[];

  @Field(() => GraphQLISODateTime, { description: 'Time of the first statement, by the learner’s clock.' })
  startedAt!: Date;

  @Field(() => GraphQLISODateTime, { description: 'Time of the latest statement, by the learner’s clock.' })
  lastActivityAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the course was completed for the first time.' })
  completedAt?: Date;

  @Field(() => GraphQLISODateTime, {
    description:
      'When the record changed last, by the service’s clock. To follow changes, ask with the latest you have seen as `updatedSince`.',
  })
  updatedAt!: Date;
}

export const LearnerRecordConnection = connectionOf(LearnerRecordObject);

@InputType({ description: 'Which learner records. Everything that is given must hold.' })
export class LearnerRecordFilter {
  @OptionalUuid('Of this registration.')
  registration?: string | null;

  @OptionalUuid('Of this course.')
  courseId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of learners who saw this published version last: 1, 2, 3.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number | null;

  @Nested(() => LearnerInput, 'Of this learner.')
  learner?: LearnerInput | null;

  @Nested(() => PersonInput, 'Of this person, whatever identity the records have.')
  person?: PersonInput | null;

  @Field(() => StatusEnum, { nullable: true, description: 'Of learners who stand there.' })
  @IsOptional()
  @IsIn(Object.keys(StatusEnum))
  status?: RecordStatus | null;

  @Flag('Complete, or not.')
  completion?: boolean | null;

  @Flag('Passed, or failed.')
  success?: boolean | null;

  @Time('Changed at this time or later.')
  updatedSince?: Date | null;

  @Time('Changed at this time or earlier.')
  updatedUntil?: Date | null;
}

@ArgsType()
export class LearnerRecordsArgs extends ConnectionArgs {
  @Nested(() => LearnerRecordFilter, 'Which records; all when it is left out.')
  filter?: LearnerRecordFilter | null;
}
