import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';
import { UserError } from '../errors.js';

type DomainError = abstract new (...input: never[]) => UserError;

const typeNames = new Map<DomainError, string>();

/** What every expected failure says. Select `... on UserError { code message path }` to handle all of them alike. */
@InterfaceType('UserError', {
  description: 'An expected failure: why an operation did nothing, and which part of the input is the reason.',
  resolveType: (value: UserError) => errorTypeName(value),
})
export abstract class UserErrorInterface {
  @Field(() => String, { description: 'Stable and upper case, for programs: `NOT_FOUND`.' })
  code!: string;

  @Field(() => String, { description: 'One sentence for people, in English.' })
  message!: string;

  @Field(() => [String], { description: 'The part of the input, from its root: `["sections", "0", "title"]`.' })
  path!: string[];
}

/** Declares the object type that shows a domain error in GraphQL. A module does so for errors of its own. */
export function UserErrorObject(domainError: DomainError, name: string, description: string): ClassDecorator {
  typeNames.set(domainError, name);
  return ObjectType(name, { description, implements: () => UserErrorInterface });
}

/** The name of the object type that shows an error. */
export function errorTypeName(error: UserError): string {
  for (const [domainError, name] of typeNames) if (error instanceof domainError) return name;
  throw new Error(`No GraphQL object type shows the error ${error.constructor.name}.`);
}
