/** Headers of a part of a multipart message (RFC 2045 1, RFC 5322 2.2). */
import { MalformedMultipart } from './malformed-multipart.js';

/** By name in lower case. */
export type PartHeaders = ReadonlyMap<string, string>;

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*$/s;

/**
 * @param lines without their ends; one that starts with a blank goes on with the line before (RFC 5322 2.2.3)
 * @throws MalformedMultipart for what is no header, and for a header that is there twice
 */
export function parseHeaders(lines: readonly string[]): PartHeaders {
  const headers = new Map<string, string>();
  for (const line of unfolded(lines)) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      throw new MalformedMultipart(`A part has a line among its headers that is none: "${line.slice(0, 80)}".`);
    }
    if (headers.has(name.toLowerCase())) throw new MalformedMultipart(`A part has the header ${name} twice.`);
    headers.set(name.toLowerCase(), value);
  }
  return headers;
}

function unfolded(lines: readonly string[]): string[] {
  const result: string[] = [];
  for (const line of lines) {
    const goesOn = result.length > 0 && /^[ \t]/.test(line);
    if (goesOn) result.push(`${result.pop()!} ${line.trim()}`);
    else result.push(line);
  }
  return result;
}
