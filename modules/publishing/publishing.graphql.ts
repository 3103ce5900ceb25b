import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import { connectionOf } from '../../src/platform/graphql/connection.js';
import { ConnectionArgs } from '../../src/platform/graphql/connection.args.js';
import { IdempotencyKeyField } from '../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { Uuid } from '../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../src/platform/graphql/result-union.js';
import {
  ConflictError,
  NotFoundError,
  ProblemObject,
  RevisionConflictError,
  ValidationError,
} from '../../src/platform/graphql/user-error.objects.js';
import type { ChangeType } from './compare.js';

export const ElementChangeType = {
  ADDED: 'ADDED',
  REMOVED: 'REMOVED',
  MOVED: 'MOVED',
  CHANGED: 'CHANGED',
} as const satisfies Record<ChangeType, ChangeType>;

registerEnumType(ElementChangeType, {
  name: 'ElementChangeType',
  description: 'What became of an element.',
  valuesMap: {
    ADDED: { description: 'It is new.' },
    REMOVED: { description: 'It is gone.' },
    MOVED: { description: 'It stands below another element, or elsewhere among its siblings.' },
    CHANGED: { description: 'Some of its fields differ.' },
  },
});

@ObjectType('CourseVersion', { description: 'A published version of a course. It never changes.' })
export class CourseVersionObject {
  @Field(() => ID, { description: 'Id of the version.' })
  id!: string;

  @Field(() => ID, { description: 'Id of the course.' })
  courseId!: string;

  @Field(() => Int, { description: '1, 2, 3: the place among the versions of the course.' })
  number!: number;

  @Field(() => String, { description: 'Title of the course in this version.' })
  title!: string;

  @Field(() => String, {
    description: 'SHA-256 of the canonical JSON of the course document; equal content has an equal hash.',
  })
  contentHash!: string;

  @Field(() => String, { nullable: true, description: 'What the author noted on publishing.' })
  notes?: string;

  @Field(() => String, { description: 'Path of the course document (JSON) on this service.' })
  documentUrl!: string;

  @Field(() => Date, { description: 'When it was published.' })
  publishedAt!: Date;
}

export const CourseVersionConnection = connectionOf(CourseVersionObject);

@ArgsType()
export class CourseVersionsArgs extends ConnectionArgs {
  @Uuid('Id of the course.')
  courseId!: string;
}

@ObjectType({ description: 'What stands against publishing a draft.' })
export class CourseValidation {
  @Field(() => Boolean, { description: 'Whether the draft can be published: it has no problem of severity ERROR.' })
  publishable!: boolean;

  @Field(() => [ProblemObject], { description: 'The problems, errors first.' })
  problems!: ProblemObject[];
}

@InputType({ description: 'What to publish.' })
export class PublishCourseInput {
  @Uuid('Id of the course.')
  courseId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The treeRevision that was reviewed; when the draft has changed since, it is not published.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  expectedTreeRevision?: number | undefined;

  @Field(() => String, { nullable: true, description: 'What is new in this version.' })
  @IsOptional()
  @IsString()
  @Length(1, 5_000)
  notes?: string | undefined;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The course is published.' })
export class PublishCourseSuccess {
  @Field(() => CourseVersionObject, { description: 'The version.' })
  version!: CourseVersionObject;

  @Field(() => Boolean, {
    description: 'False when nothing has changed since the latest version, which then is the answer.',
  })
  created!: boolean;
}

@ObjectType({ description: 'A field that differs.' })
export class FieldChange {
  @Field(() => String, { description: 'Name of the field.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'Its value before, as JSON; null when there was none.' })
  before?: string;

  @Field(() => String, { nullable: true, description: 'Its value after, as JSON; null when there is none.' })
  after?: string;
}

@ObjectType('ElementChange', { description: 'What became of one element.' })
export class ElementChangeObject {
  @Field(() => ID, { description: 'Id of the element, the same in every version.' })
  elementId!: string;

  @Field(() => String, { description: 'course, section, lesson, block, question, variable, node or exit.' })
  elementType!: string;

  @Field(() => String, { nullable: true, description: 'Its kind, such as text or single-choice.' })
  kind?: string;

  @Field(() => String, { description: 'Its title or its first words.' })
  label!: string;

  @Field(() => [ElementChangeType], { description: 'What became of it.' })
  changes!: ChangeType[];

  @Field(() => [FieldChange], { description: 'The fields that differ.' })
  fields!: FieldChange[];
}

@ObjectType({ description: 'What differs from one version to another.' })
export class CompareVersionsSuccess {
  @Field(() => [ElementChangeObject], { description: 'In the order of the newer one, then what was removed.' })
  changes!: ElementChangeObject[];
}

export const ValidateCourseResult = resultUnion('ValidateCourseResult', [CourseValidation, NotFoundError]);
export const PublishCourseResult = resultUnion('PublishCourseResult', [
  PublishCourseSuccess,
  NotFoundError,
  RevisionConflictError,
  ConflictError,
  ValidationError,
]);
export const CompareVersionsResult = resultUnion('CompareVersionsResult', [
  CompareVersionsSuccess,
  NotFoundError,
  ValidationError,
]);
