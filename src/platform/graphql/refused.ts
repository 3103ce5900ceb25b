import { UserError } from '../errors.js';

/**
 * An expected failure where the schema has no union to return it in: arguments of a query, a list. GraphQL answers with
 * an error that has the failure's code (BAD_USER_INPUT, with all problems, for input that breaks rules).
 */
export class Refused extends Error {
  constructor(readonly failure: UserError) {
    super(failure.message);
    this.name = 'Refused';
  }
}

/** The success of a service's answer, for fields whose type has no room for a failure. */
export function succeeded<Answer>(answer: Answer): Exclude<Answer, UserError> {
  if (answer instanceof UserError) throw new Refused(answer);
  return answer as Exclude<Answer, UserError>;
}
