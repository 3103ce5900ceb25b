/** The headers If-Match and If-None-Match (RFC 2616 14.24, 14.26; Comm 3.1). */

export interface Preconditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

export const hasAny = ({ ifMatch, ifNoneMatch }: Preconditions): boolean =>
  ifMatch !== undefined || ifNoneMatch !== undefined;

/** @param etag of what is there, without quotes; undefined when there is nothing */
export const hold = ({ ifMatch, ifNoneMatch }: Preconditions, etag: string | undefined): boolean =>
  (ifMatch === undefined || matches(ifMatch, etag, isStrong)) &&
  (ifNoneMatch === undefined || !matches(ifNoneMatch, etag, () => true));

interface EntityTag {
  readonly value: string;
  readonly weak: boolean;
}

/** If-Match compares strongly: a weak tag matches nothing (RFC 2616 13.3.3). */
const isStrong = ({ weak }: EntityTag): boolean => !weak;

function matches(header: string, etag: string | undefined, counts: (tag: EntityTag) => boolean): boolean {
  if (etag === undefined) return false;
  if (header.trim() === '*') return true;
  return tagsOf(header).some((tag) => tag.value === etag && counts(tag));
}

/** Tags without quotes are no tags, but libraries of 1.0 send the SHA-1 so, and what they mean is beyond doubt. */
const TAG = /(W\/)?"([^"]*)"|([^\s,"]+)/g;

const tagsOf = (header: string): EntityTag[] =>
  [...header.matchAll(TAG)].map(([, weak, quoted, bare]) => ({
    value: quoted ?? bare ?? '',
    weak: weak !== undefined,
  }));
