import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Allow, IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { courseContent } from '../../../exporters/document/index.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { connectionOf } from '../../../src/platform/graphql/connection.js';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { ExpectedRevision } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { UserErrorInterface, UserErrorObject } from '../../../src/platform/graphql/user-error.interface.js';
import { ConflictError, NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { CourseChanged } from '../course.errors.js';
import { COURSE_ORDERS, type CourseFilter, type CourseOrder } from '../course-list.js';
import { declareFields, inputOf } from './content-types.js';
import { EXTERNAL_ID } from './element.graphql.js';
import { declareLists } from './element-types.js';

@ObjectType('Course', { description: 'A draft of a course. What learners get is a version that was published of it.' })
export class CourseObject {
  @Field(() => ID, { description: 'Id of the course.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Your own id of the course, unique in the organization.' })
  externalId?: string;

  @Field(() => Int, {
    description: 'Grows when what stands in the course itself changes; to be sent as `expectedRevision`.',
  })
  revision!: number;

  @Field(() => Int, { description: 'Grows with every change of the course or of anything in it.' })
  treeRevision!: number;

  @Field(() => Date, { description: 'When it was created.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it or anything in it was last changed.' })
  updatedAt!: Date;
}

const CourseContentInput = inputOf(courseContent);

declareFields(CourseObject, courseContent);
declareLists(CourseObject, { type: 'course', kind: 'course' });

export const CourseConnection = connectionOf(CourseObject);

const CourseOrderEnum = Object.fromEntries(COURSE_ORDERS.map((order) => [order, order]));
registerEnumType(CourseOrderEnum, {
  name: 'CourseOrder',
  description: 'The order of a list of courses.',
  valuesMap: {
    NEWEST: { description: 'Created last first' },
    OLDEST: { description: 'Created first first' },
    TITLE: { description: 'By title' },
    RECENTLY_CHANGED: { description: 'Changed last first' },
  },
});

/** Which course: by exactly one of its names. */
@ArgsType()
export class CourseKeyArgs {
  @Field(() => ID, { nullable: true, description: 'Id of the course.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Your own id of the course.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: 'Slug of the course.' })
  @IsOptional()
  @IsString()
  @MaxLength(80)
  slug?: string | null;
}

@ArgsType()
export class CoursesArgs extends ConnectionArgs implements CourseFilter {
  @Field(() => String, { nullable: true, description: 'Only courses whose title contains this, in any case.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'Only courses in this language, as a BCP 47 tag.' })
  @IsOptional()
  @IsString()
  @MaxLength(35)
  language?: string | null;

  @Field(() => String, { nullable: true, description: 'Only the course with this id of yours.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  externalId?: string | null;

  @Field(() => CourseOrderEnum, { defaultValue: 'NEWEST', description: 'The order of the courses.' })
  @IsIn(COURSE_ORDERS)
  orderBy!: CourseOrder;
}

@InputType({ description: 'A course to create.' })
export class CreateCourseInput {
  // The schema of the content validates it, in the service.
  @Field(() => CourseContentInput, { description: 'What stands in the course itself.' })
  @Allow()
  content!: unknown;

  @Field(() => String, {
    nullable: true,
    description:
      'Your own id of the course, unique in the organization: 1 to 64 letters, digits, or . _ : - and starting with a letter or digit. ' +
      'A course that has it already gets the content instead.',
  })
  @IsOptional()
  @Matches(EXTERNAL_ID)
  externalId?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'A course to delete with everything in it.' })
export class DeleteCourseInput {
  @Field(() => ID, { description: 'Id of the course.' })
  @IsString()
  @MaxLength(64)
  id!: string;

  @ExpectedRevision('course')
  expectedRevision!: number;
}

@InputType({ description: 'A course to change.' })
export class UpdateCourseInput extends DeleteCourseInput {
  @Field(() => CourseContentInput, { description: 'What replaces the present content of the course itself.' })
  @Allow()
  content!: unknown;
}

@InputType({ description: 'A course to copy with everything in it.' })
export class CopyCourseInput {
  @Field(() => ID, { description: 'Id of the course.' })
  @IsString()
  @MaxLength(64)
  id!: string;

  @Field(() => String, { description: 'Slug of the copy.' })
  @IsString()
  @MaxLength(80)
  slug!: string;

  @Field(() => String, { nullable: true, description: 'Title of the copy; that of the original when left out.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Your own id of the copy.' })
  @IsOptional()
  @Matches(EXTERNAL_ID)
  externalId?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@UserErrorObject(CourseChanged, 'CourseConflictError', 'Someone changed the course since you read it.')
export class CourseConflictError extends UserErrorInterface {
  @Field(() => Int, { description: 'Its revision now; to be sent after a look at it.' })
  currentRevision!: number;

  @Field(() => CourseObject, { description: 'The course as it is now.' })
  current!: CourseObject;
}

@ObjectType({ description: 'The course was written.' })
export class CreateCourseSuccess {
  @Field(() => CourseObject, { description: 'The course.' })
  course!: CourseObject;

  @Field(() => Boolean, { description: 'False when one with this externalId was there and got the content.' })
  created!: boolean;
}

@ObjectType({ description: 'The course was changed.' })
export class UpdateCourseSuccess {
  @Field(() => CourseObject, { description: 'The course.' })
  course!: CourseObject;
}

@ObjectType({ description: 'The course was copied with everything in it.' })
export class CopyCourseSuccess {
  @Field(() => CourseObject, { description: 'The copy. Everything in it has ids of its own and no externalId.' })
  course!: CourseObject;
}

@ObjectType({ description: 'The course is gone with everything in it.' })
export class DeleteCourseSuccess {
  @Field(() => ID, { description: 'Id of the course.' })
  deletedId!: string;
}

export const CreateCourseResult = resultUnion('CreateCourseResult', [
  CreateCourseSuccess,
  ValidationError,
  ConflictError,
]);
export const UpdateCourseResult = resultUnion('UpdateCourseResult', [
  UpdateCourseSuccess,
  NotFoundError,
  ValidationError,
  CourseConflictError,
  ConflictError,
]);
export const CopyCourseResult = resultUnion('CopyCourseResult', [
  CopyCourseSuccess,
  NotFoundError,
  ValidationError,
  ConflictError,
]);
export const DeleteCourseResult = resultUnion('DeleteCourseResult', [
  DeleteCourseSuccess,
  NotFoundError,
  CourseConflictError,
]);
