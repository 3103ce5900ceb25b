import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Conflict, NotFound, RevisionConflict, ValidationFailed, type Severity } from '../errors.js';
import { UserErrorInterface, UserErrorObject } from './user-error.interface.js';

export const ProblemSeverity = { ERROR: 'ERROR', WARNING: 'WARNING' } as const;

registerEnumType(ProblemSeverity, {
  name: 'ProblemSeverity',
  description: 'How much a problem weighs.',
  valuesMap: {
    ERROR: { description: 'Stops the operation.' },
    WARNING: { description: 'Worth mending; stops nothing.' },
  },
});

@ObjectType('Problem', { description: 'One thing that is wrong, where it is, and how to mend it.' })
export class ProblemObject {
  @Field(() => String, { description: 'Stable and upper case, for programs: `TOO_LONG`.' })
  code!: string;

  @Field(() => String, { description: 'One sentence for people, in English.' })
  message!: string;

  @Field(() => [String], { description: 'The place, from the root: `["sections", "0", "title"]`.' })
  path!: string[];

  @Field(() => ProblemSeverity, { description: 'How much it weighs.', defaultValue: ProblemSeverity.ERROR })
  severity!: Severity;

  @Field(() => String, { nullable: true, description: 'How to mend it.' })
  hint?: string;
}

@UserErrorObject(NotFound, 'NotFoundError', 'There is nothing with this id in your organization.')
export class NotFoundError extends UserErrorInterface {}

@UserErrorObject(ValidationFailed, 'ValidationError', 'The input breaks rules. Every broken rule is listed.')
export class ValidationError extends UserErrorInterface {
  @Field(() => [ProblemObject], { description: 'Every broken rule, in the order of the input.' })
  problems!: ProblemObject[];
}

@UserErrorObject(RevisionConflict, 'RevisionConflictError', 'Someone changed this since you read it.')
export class RevisionConflictError extends UserErrorInterface {
  @Field(() => Int, { description: 'The revision to read again and to send as `expectedRevision`.' })
  currentRevision!: number;
}

@UserErrorObject(
  Conflict,
  'ConflictError',
  'The operation collides with what is there: a slug or external id in use, or an idempotency key with another input.',
)
export class ConflictError extends UserErrorInterface {}
