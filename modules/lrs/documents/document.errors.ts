import { UserError } from '../../../src/platform/errors.js';

/** If-Match or If-None-Match does not hold (Comm 3.1): 412. */
export class PreconditionFailed extends UserError {
  readonly code = 'PRECONDITION_FAILED';
}
