import { createHash } from 'node:crypto';

export interface ManifestIdentifiers {
  manifest: string;
  organization: string;
  item: string;
  resource: string;
}

// 1 letter and 14 hexadecimal digits: 56 bits tell courses apart.
const DIGITS = 14;

/**
 * The identifiers of a course's manifest: letters, digits and hyphens, which is an xs:ID and upsets no LMS. They come from
 * the course's id alone, because an LMS keeps learners' records by them: Moodle by the item's, SuccessFactors by the first
 * 15 characters of the manifest's with the resource's. So another version, or another title, is the same content to them,
 * and those 15 characters tell one course from every other.
 */
export function identifiersOf(courseId: string): ManifestIdentifiers {
  const telling = createHash('sha256').update(courseId).digest('hex').slice(0, DIGITS);
  return {
    manifest: `c${telling}-${courseId}`,
    organization: `organization-${courseId}`,
    item: `item-${courseId}`,
    resource: `resource-${courseId}`,
  };
}
