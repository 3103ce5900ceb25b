import type { Type } from '@nestjs/common';
import { createUnionType } from '@nestjs/graphql';
import { UserError } from '../errors.js';
import { errorTypeName } from './user-error.interface.js';

/**
 * The union an operation answers with: its success first, then the errors it can return. A resolver returns what its
 * service answered (`T | UserError`): a UserError is shown by the object type declared for it, anything else is the
 * success.
 *
 * @param name `CreateCourseResult` for the operation `createCourse`
 */
export function resultUnion(name: string, members: readonly [Type, ...Type[]]): symbol {
  const operation = name.charAt(0).toLowerCase() + name.slice(1).replace(/Result$/, '');
  const union: unknown = createUnionType({
    name,
    description: `The answer of ${operation}: what it did, or why it did nothing.`,
    types: () => members,
    resolveType: (value: unknown) => (value instanceof UserError ? errorTypeName(value) : members[0]),
  });
  return union as symbol; // what @nestjs/graphql keeps unions by; it declares the type of the members
}

/** Turns the success of a service's answer into the shape GraphQL shows; a failure stays as it is. */
export function mapSuccess<Answer, Shown>(
  answer: Answer,
  show: (success: Exclude<Answer, UserError>) => Shown,
): Shown | Extract<Answer, UserError> {
  return answer instanceof UserError
    ? (answer as Extract<Answer, UserError>)
    : show(answer as Exclude<Answer, UserError>);
}
