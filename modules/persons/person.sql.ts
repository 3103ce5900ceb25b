/** Parts of SQL that other modules join. */

/**
 * Agents of the organization ($1) that belong to persons, by their keys: rows of `agent_key` and `person_id`. An agent that is
 * in no person has no row: it is somebody by itself.
 */
export const SAME_PERSON = `(SELECT agent_key, person_id FROM person_identities WHERE organization_id = $1)`;
