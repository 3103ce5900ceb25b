/** How PostgreSQL casts one value of a cursor. */
export type KeyType = 'uuid' | 'timestamptz' | 'bigint' | 'text';

const FORMATS: Record<KeyType, RegExp> = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  timestamptz: /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d(:?\d\d)?)$/,
  bigint: /^-?\d{1,19}$/,
  // PostgreSQL cannot hold U+0000.
  text: /^[^\0]*$/,
};

/** An opaque, URL-safe cursor of the values that a row is sorted by. */
export function encodeCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor, or null when it was not made for columns of these types. */
export function decodeCursor(cursor: string, types: readonly KeyType[]): (string | number)[] | null {
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== types.length) return null;
  const fits = values.every(
    (value: unknown, index) =>
      isKey(value) && FORMATS[types[index]!].test(String(value)) && isInRange(String(value), types[index]!),
  );
  return fits ? (values as (string | number)[]) : null;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    // Not JSON: not one of our cursors, which the caller reports.
    return undefined;
  }
}

const isKey = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

function isInRange(value: string, type: KeyType): boolean {
  if (type === 'bigint') return BigInt.asIntN(64, BigInt(value)) === BigInt(value);
  return type !== 'timestamptz' || isOnTheCalendar(value);
}

const isOnTheCalendar = (time: string): boolean =>
  !Number.isNaN(Date.parse(time.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')));
