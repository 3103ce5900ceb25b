/** A part of a file; both ends inclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const ONE_RANGE = /^bytes=(?:(\d+)-(\d*)|-(\d+))$/;

/**
 * What a Range header asks of a file (RFC 9110 14.2): a part, or `unsatisfiable` when it lies beyond the end. Undefined
 * means the whole file: no header, another unit, or several ranges, which a server may ignore.
 */
export function requestedRange(header: string | undefined, bytes: number): ByteRange | 'unsatisfiable' | undefined {
  const match = ONE_RANGE.exec(header ?? '');
  if (!match) return undefined;
  const [, first, last, suffix] = match;
  if (suffix !== undefined) {
    const length = Math.min(Number(suffix), bytes);
    return length === 0 ? 'unsatisfiable' : { start: bytes - length, end: bytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  // A last byte before the first makes the header invalid, and an invalid one is ignored (14.1.1).
  if (last !== '' && Number(last) < start) return undefined;
  return start < bytes ? { start, end } : 'unsatisfiable';
}

/** Whether an If-None-Match header names the entity tag, by weak comparison (RFC 9110 13.1.2). */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((part) => part.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}
