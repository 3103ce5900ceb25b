import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IdempotencyKeyField } from '../../../src/platform/graphql/idempotency/idempotency-key.field.js';
import { ExpectedRevision } from '../../../src/platform/graphql/input-fields.js';
import { resultUnion } from '../../../src/platform/graphql/result-union.js';
import { UserErrorInterface, UserErrorObject } from '../../../src/platform/graphql/user-error.interface.js';
import { ConflictError, NotFoundError, ValidationError } from '../../../src/platform/graphql/user-error.objects.js';
import { ElementChanged } from '../course.errors.js';
import { ElementInterface } from './element.interface.js';

/** What an author may call a course or an element. */
export const EXTERNAL_ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const MAX_POSITION = 10_000;
const MAX_ID = 64;

@UserErrorObject(ElementChanged, 'ElementConflictError', 'Someone changed the element since you read it.')
export class ElementConflictError extends UserErrorInterface {
  @Field(() => Int, { description: 'Its revision now; to be sent as `expectedRevision` after a look at it.' })
  currentRevision!: number;

  @Field(() => ElementInterface, { description: 'The element as it is now.' })
  current!: ElementInterface;
}

/** What every input that creates an element has besides its content. */
@InputType({ isAbstract: true })
export abstract class CreateElementInput {
  @Field(() => ID, { description: 'Id of what it is to stand below: of the course for a section, else of an element.' })
  @IsString()
  @MaxLength(MAX_ID)
  parentId!: string;

  @Field(() => Int, { nullable: true, description: 'Place among its siblings, from 0; the end when left out.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_POSITION)
  position?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Your own id of the element, unique in the course: 1 to 64 letters, digits, or . _ : - and starting with a letter or digit. ' +
      'An element that has it already gets the content instead, and stays where it is.',
  })
  @IsOptional()
  @Matches(EXTERNAL_ID)
  externalId?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

/** What every input that changes an element has besides its content. */
@InputType({ isAbstract: true })
export abstract class UpdateElementInput {
  @Field(() => ID, { description: 'Id of the element.' })
  @IsString()
  @MaxLength(MAX_ID)
  id!: string;

  @ExpectedRevision('element')
  expectedRevision!: number;
}

@InputType({ description: 'An element to move inside its course.' })
export class MoveElementInput {
  @Field(() => ID, { description: 'Id of the element.' })
  @IsString()
  @MaxLength(MAX_ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: 'What it is to stand below; its present parent when left out.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID)
  parentId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place when it has moved, from 0; the end when left out.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_POSITION)
  position?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The revision of the element as you read it; not compared when left out.',
  })
  @IsOptional()
  @IsInt()
  expectedRevision?: number | null;
}

@InputType({ description: 'An element to copy with everything below it, to a place of the same or of another course.' })
export class CopyElementInput {
  @Field(() => ID, { description: 'Id of the element.' })
  @IsString()
  @MaxLength(MAX_ID)
  id!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'What the copy is to stand below; the parent of the original when left out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_ID)
  parentId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The place of the copy, from 0; when left out, right behind the original, or the end below another parent.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MAX_POSITION)
  position?: number | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'An element to delete with everything below it.' })
export class DeleteElementInput extends UpdateElementInput {}

@ObjectType({ description: 'The element stands at its new place.' })
export class MoveElementSuccess {
  @Field(() => ElementInterface, { description: 'The element.' })
  element!: ElementInterface;
}

@ObjectType({ description: 'The element was copied with everything below it.' })
export class CopyElementSuccess {
  @Field(() => ElementInterface, {
    description: 'The copy. It and everything below it have ids of their own and no externalId.',
  })
  element!: ElementInterface;
}

@ObjectType({ description: 'The element is gone with everything below it.' })
export class DeleteElementSuccess {
  @Field(() => ID, { description: 'Id of the element.' })
  deletedId!: string;
}

export const MoveElementResult = resultUnion('MoveElementResult', [
  MoveElementSuccess,
  NotFoundError,
  ValidationError,
  ElementConflictError,
]);
export const CopyElementResult = resultUnion('CopyElementResult', [
  CopyElementSuccess,
  NotFoundError,
  ValidationError,
  ConflictError,
]);
export const DeleteElementResult = resultUnion('DeleteElementResult', [
  DeleteElementSuccess,
  NotFoundError,
  ElementConflictError,
]);
