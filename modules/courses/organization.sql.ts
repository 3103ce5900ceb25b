/** The organization of the current unit of work, as SQL. */
export const OWNER = `current_setting('lectern.organization_id')::uuid`;

/** The first wall between organizations, and what leads every index; row-level security is the second. */
export const OWN = `organization_id = ${OWNER}`;
