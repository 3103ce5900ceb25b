import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Allow, IsInt, IsOptional } from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { Flag } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { ConflictError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { CourseConflictError, CourseObject } from '../graphql/course.graphql.js';
import { CourseSourceScalar, type SourceDocument } from './course-source.scalar.js';

@InputType({ description: 'A whole course to import.' })
export class ImportCourseInput {
  // Its own schema validates the document, in the service.
  @Field(() => CourseSourceScalar, {
    description:
      'The course. Where a course has its externalId, that course is made the same as the document: elements with the same ' +
      'externalId, type and kind keep their ids, new ones are created, and those that the document does not have are deleted.',
  })
  @Allow()
  document!: SourceDocument;

  @Flag('True to learn what the import would do, without doing it.')
  dryRun?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The treeRevision of the course as you read it; not compared when left out.',
  })
  @IsOptional()
  @IsInt()
  expectedTreeRevision?: number | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@ObjectType({ description: 'The course is as the document says; in a dry run, it would be.' })
export class ImportCourseSuccess {
  @Field(() => CourseObject, { nullable: true, description: 'The course; null after a dry run.' })
  course?: CourseObject;

  @Field(() => Int, { description: 'How many elements are new.' })
  created!: number;

  @Field(() => Int, { description: 'How many elements have other content or another parent.' })
  updated!: number;

  @Field(() => Int, { description: 'How many elements were deleted.' })
  deleted!: number;
}

export const ImportCourseResult = resultUnion('ImportCourseResult', [
  ImportCourseSuccess,
  ValidationError,
  CourseConflictError,
  ConflictError,
]);
