import { UserError } from '../../src/platform/errors.js';

/** The answer would have taken longer than a question may take. Nothing is broken: a narrower question is answered. */
export class TooCostly extends UserError {
  readonly code = 'TOO_COSTLY';
  readonly hint =
    'Narrow it: a shorter timestamp range, a verb, an activity; or leave out distinct counts and the median.';

  /** @param seconds how long a question may take */
  constructor(readonly seconds: number) {
    super(`This takes longer than the ${seconds} seconds that a question may take (INSIGHTS_TIMEOUT_MS).`);
  }
}
