import { isUniqueViolation } from '../../src/platform/database/sql-state.js';
import { Conflict } from '../../src/platform/errors.js';

const constraints = {
  courses_slug_key: new Conflict('Another course of the organization has this slug.', ['slug']),
  courses_external_id_key: new Conflict('Another course of the organization has this externalId.', ['externalId']),
};

/**
 * Writes a course, whose slug and external id are unique in the organization. The constraints alone decide: a look
 * beforehand would miss a writer of the same moment.
 *
 * @returns Conflict when a name is in use; the transaction must then be given up
 */
export async function withFreeNames<T>(write: () => Promise<T>): Promise<T | Conflict> {
  try {
    return await write();
  } catch (error) {
    for (const [constraint, conflict] of Object.entries(constraints)) {
      if (isUniqueViolation(error, constraint)) return conflict;
    }
    throw error;
  }
}
