import { BadRequest } from './error-answer.js';
import { duplicateMember } from '../xapi/duplicate-members.js';
import { isIri, isUuid } from '../xapi/formats.js';
import { wholeOf } from '../xapi/json-text.js';
import type { Actor } from '../xapi/statement.js';
import { parseTimestamp } from '../xapi/time.js';
import { validateActor } from '../xapi/validation/statement.js';

type Query = Readonly<Record<string, unknown>>;

/**
 * The parameters of a request, each read by its type; a bad one is refused like a bad value in a statement (Data 2.2).
 * Names are case-sensitive, and those that are not known are refused (Comm 3.2).
 *
 * @throws BadRequest naming the parameter
 */
export class Parameters {
  private readonly values: ReadonlyMap<string, string>;

  constructor(query: unknown, known: readonly string[]) {
    this.values = new Map(Object.entries(query as Query).map(([name, value]) => [name, single(name, value, known)]));
  }

  get names(): readonly string[] {
    return [...this.values.keys()];
  }

  text(name: string): string | undefined {
    return this.values.get(name);
  }

  uuid(name: string): string | undefined {
    return this.read(name, 'a UUID', (value) => (isUuid(value) ? value.toLowerCase() : undefined));
  }

  iri(name: string): string | undefined {
    return this.read(name, 'an IRI with a scheme', (value) => (isIri(value) ? value : undefined));
  }

  boolean(name: string): boolean | undefined {
    return this.read(name, 'true or false', (value) =>
      value === 'true' ? true : value === 'false' ? false : undefined,
    );
  }

  wholeNumber(name: string): number | undefined {
    return this.read(name, 'a whole number, 0 or more', (value) =>
      /^\d{1,15}$/.test(value) ? Number(value) : undefined,
    );
  }

  /** Milliseconds since 1970. */
  timestamp(name: string): number | undefined {
    return this.read(name, 'an ISO 8601 timestamp', parseTimestamp);
  }

  oneOf<Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    return this.read(name, `one of ${values.join(', ')}`, (value) => values.find((candidate) => candidate === value));
  }

  /** The JSON of an Agent or of a Group with an identifier. */
  actor(name: string): Actor | undefined {
    return this.read(name, 'the JSON of an Agent or of a Group with an identifier', (value) => {
      const actor: unknown = parseJson(value);
      return validateActor(actor).length === 0 ? (actor as Actor) : undefined;
    });
  }

  /** The JSON of an Agent. It is not a Group, though it may have a Group's identifier (Comm 2.6). */
  agent(name: string): Actor | undefined {
    return this.read(name, 'the JSON of an Agent', (value) => {
      const actor: unknown = parseJson(value);
      return validateActor(actor).length === 0 && (actor as Actor).objectType !== 'Group'
        ? (actor as Actor)
        : undefined;
    });
  }

  private read<T>(name: string, expected: string, read: (value: string) => T | undefined): T | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    const result = read(value);
    if (result === undefined) throw new BadRequest('BAD_PARAMETER', `${name} must be ${expected}.`, [name]);
    return result;
  }
}

/** @throws BadRequest for a parameter that is missing */
export function required<T>(name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new BadRequest('REQUIRED', `The parameter ${name} is required here (Comm 2).`, [name]);
}

function single(name: string, value: unknown, known: readonly string[]): string {
  if (!known.includes(name)) {
    const message = `${name} is not a parameter here; names are case-sensitive (Comm 3.2). Known: ${known.join(', ')}.`;
    throw new BadRequest('UNKNOWN_PARAMETER', message, [name]);
  }
  if (typeof value !== 'string') throw new BadRequest('BAD_PARAMETER', `${name} is given more than once.`, [name]);
  return value;
}

/** Undefined for what is no JSON, and for a property that is there twice: it would say two things (Data 2.2). */
function parseJson(value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    return duplicateMember(value, wholeOf(value), parsed) ? undefined : parsed;
  } catch {
    // Not JSON, hence no actor: the caller says so.
    return undefined;
  }
}
