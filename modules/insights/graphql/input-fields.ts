/** Fields of inputs that come again and again: their types, and the rules that they are validated by. */
import { Field, Float, GraphQLISODateTime, ID } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDate,
  IsNumber,
  IsOptional,
  IsUUID,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';

/** Of one list. */
export const MOST_VALUES = 100;

const MOST_BOUNDS = 50;
const LONGEST_IRI = 2_000;
const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

/** A list of IRIs. */
export function Iris(description: string): PropertyDecorator {
  return (target, property) => {
    Field(() => [String], { nullable: true, description: `${description} At most ${MOST_VALUES}.` })(target, property);
    for (const rule of [
      IsOptional(),
      IsArray(),
      ArrayMinSize(1),
      ArrayMaxSize(MOST_VALUES),
      Matches(IRI, { each: true }),
      MaxLength(LONGEST_IRI, { each: true }),
    ]) {
      rule(target, property);
    }
  };
}

/** A list of UUIDs. */
export function Uuids(description: string): PropertyDecorator {
  return (target, property) => {
    Field(() => [ID], { nullable: true, description: `${description} At most ${MOST_VALUES}.` })(target, property);
    for (const rule of [
      IsOptional(),
      IsArray(),
      ArrayMinSize(1),
      ArrayMaxSize(MOST_VALUES),
      IsUUID('loose', { each: true }),
    ]) {
      rule(target, property);
    }
  };
}

/** A switch or a yes and no. */
export function Flag(description: string): PropertyDecorator {
  return (target, property) => {
    Field(() => Boolean, { nullable: true, description })(target, property);
    IsOptional()(target, property);
    IsBoolean()(target, property);
  };
}

/** A part of the input that is an input itself. */
export function Nested(type: () => new () => object, description: string): PropertyDecorator {
  return (target, property) => {
    Field(type, { nullable: true, description })(target, property);
    IsOptional()(target, property);
    ValidateNested()(target, property);
    Type(type)(target, property);
  };
}

/** A point in time. */
export function Time(description: string): PropertyDecorator {
  return (target, property) => {
    Field(() => GraphQLISODateTime, { nullable: true, description })(target, property);
    IsOptional()(target, property);
    IsDate()(target, property);
  };
}

/** Bounds of a histogram. */
export function Bounds(of: string): PropertyDecorator {
  return (target, property) => {
    const description = `Ascending bounds by which ${of} are distributed, 1 to ${MOST_BOUNDS}; a value at a bound is above it.`;
    Field(() => [Float], { nullable: true, description })(target, property);
    for (const rule of [
      IsOptional(),
      IsArray(),
      ArrayMinSize(1),
      ArrayMaxSize(MOST_BOUNDS),
      IsNumber({}, { each: true }),
    ]) {
      rule(target, property);
    }
  };
}
