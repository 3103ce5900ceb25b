/** Parts of SQL that several queries of statements share. */

/** Whether a statement `s` is voided: a voiding statement cannot be (Data 2.3.2); the voiding may have come first. */
export const IS_VOIDED = `EXISTS (
  SELECT FROM statement_targets v
   WHERE v.organization_id = $1 AND v.target_id = s.id AND v.voiding AND NOT s.voiding)`;
