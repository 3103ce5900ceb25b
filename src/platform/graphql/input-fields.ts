/** Fields of inputs that come again and again: their types, and the rules that they are validated by. */
import { applyDecorators } from '@nestjs/common';
import { Field, GraphQLISODateTime, ID, Int } from '@nestjs/graphql';
import type { GqlTypeReference } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Of one list, where nothing else is said. */
const MOST_VALUES = 100;

const LONGEST_IRI = 2_000;

/** What xAPI takes for an IRI, too. */
const IRI = /^[a-z][a-z0-9+.-]*:[^\x00-\x20\x7f-\x9f<>"{}|\\^`]+$/i;

/** A list that may be left out, but not empty. */
export function List(
  type: () => GqlTypeReference,
  description: string,
  most: number,
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  return applyDecorators(
    Field(() => [type()], { nullable: true, description: `${description} At most ${most}.` }),
    IsOptional(),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(most),
    ...rules,
  );
}

/** A list of IRIs. */
export const Iris = (description: string, most = MOST_VALUES): PropertyDecorator =>
  List(
    () => String,
    description,
    most,
    Matches(IRI, { each: true, message: 'each value in $property must be an IRI with a scheme' }),
    MaxLength(LONGEST_IRI, { each: true }),
  );

/** A list of UUIDs. */
export const Uuids = (description: string, { type = ID as GqlTypeReference, most = MOST_VALUES } = {}) =>
  List(() => type, description, most, IsUUID('loose', { each: true }));

/** A list of parts that are inputs themselves. */
export const NestedList = (type: () => new () => object, description: string, most = MOST_VALUES): PropertyDecorator =>
  List(type, description, most, ValidateNested({ each: true }), Type(type));

/** A part of the input that is an input itself. */
export const Nested = (type: () => new () => object, description: string): PropertyDecorator =>
  applyDecorators(Field(type, { nullable: true, description }), IsOptional(), ValidateNested(), Type(type));

/** A switch or a yes and no. */
export const Flag = (description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => Boolean, { nullable: true, description }),
    IsOptional(),
    IsBoolean(),
  );

/** A point in time. */
export const Time = (description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => GraphQLISODateTime, { nullable: true, description }),
    IsOptional(),
    IsDate(),
  );

/** An id of ours. */
export const Uuid = (description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => ID, { description }),
    IsUUID(),
  );

/** An id of ours that may be left out. */
export const OptionalUuid = (description: string): PropertyDecorator =>
  applyDecorators(
    Field(() => ID, { nullable: true, description }),
    IsOptional(),
    IsUUID(),
  );

/** The `expectedRevision` of what is to be changed, so that no change of somebody else is lost. */
export const ExpectedRevision = (what: string): PropertyDecorator =>
  applyDecorators(
    Field(() => Int, { description: `The revision of the ${what} as you read it.` }),
    IsInt(),
  );
