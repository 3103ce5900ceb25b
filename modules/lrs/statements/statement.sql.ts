/** Parts of SQL that several queries of statements share. */

/**
 * Whether a statement `s` is voided: a voiding statement cannot be (Data 2.3.2); the voiding may have come first. A scalar
 * subquery is a probe of an index in every plan; EXISTS could become a join with all voidings that there are.
 * The order leaves one index to choose, while the table is empty and all cost the same, too.
 */
export const IS_VOIDED = `coalesce((
  SELECT true FROM statement_targets v
   WHERE v.organization_id = $1 AND v.target_id = s.id AND v.voiding AND NOT s.voiding
   ORDER BY v.position LIMIT 1), false)`;
