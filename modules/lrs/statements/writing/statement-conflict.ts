import { Conflict } from '../../../../src/platform/errors.js';

/** Other statements are stored under ids that were sent (Comm 2.1.2). */
export class StatementConflict extends Conflict {
  /** @param ids at least one, in lower case */
  constructor(readonly ids: readonly string[]) {
    super(`Another statement with the id ${ids[0]} is stored (Comm 2.1.2).`, ['id']);
  }
}
