/** A media type with its parameters (RFC 9110 8.3.1, RFC 2045 5.1). */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** By name in lower case, without quotes. */
  readonly parameters: ReadonlyMap<string, string>;
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const ESSENCE = new RegExp(`^\\s*(${TOKEN}/${TOKEN})\\s*(?=;|$)`);
/** A value without quotes ends at the next semicolon: clients leave out the quotes that `=?_:/` in a boundary would need. */
const PARAMETER = new RegExp(`\\s*;\\s*(?:(${TOKEN})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^;"]*)))?\\s*(?=;|$)`, 'y');

/** Undefined for what is no media type. Of a parameter that is there twice, the first counts. */
export function parseMediaType(text: string): MediaType | undefined {
  const [whole, essence] = ESSENCE.exec(text) ?? [];
  if (whole === undefined || essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = whole.length;
  while (PARAMETER.lastIndex < text.length) {
    const found = PARAMETER.exec(text);
    if (!found) return undefined;
    const [, name, quoted, plain = ''] = found;
    if (name === undefined || parameters.has(name.toLowerCase())) continue;
    parameters.set(name.toLowerCase(), quoted?.replace(/\\(.)/gs, '$1') ?? plain.trim());
  }
  return { essence: essence.toLowerCase(), parameters };
}

/**
 * Whether two media types can be those of the same bytes: the same type, and no parameter with two values. The example of
 * Comm 1.5.2 itself has a parameter in the attachment's contentType that the part's header lacks.
 */
export function agree(one: string, other: string): boolean {
  const first = parseMediaType(one);
  const second = parseMediaType(other);
  if (!first || !second || first.essence !== second.essence) return false;
  return [...first.parameters].every(([name, value]) => {
    const beside = second.parameters.get(name);
    return beside === undefined || beside.toLowerCase() === value.toLowerCase();
  });
}
