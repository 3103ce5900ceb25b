import { z } from 'zod';
import { StartError } from '../platform/start-error.js';

/** What the operator is told about an environment variable. */
interface About {
  /** Ends the sentence "PORT must be ...". */
  readonly accepts: string;
  readonly purpose: string;
  /** Its value is never shown. */
  readonly secret?: true;
}

/** One environment variable: its text goes through the schema and becomes a value. */
export interface Setting<Value> extends About {
  readonly schema: z.ZodType<Value>;
  /** As it would be written in the environment; without one the variable may stay unset. */
  readonly fallback?: string;
}

/** A setting that always has a value. */
export function withFallback<Value>(schema: z.ZodType<Value>, fallback: string, about: About): Setting<Value> {
  return { schema, fallback, ...about };
}

/** A setting that may stay unset. */
export function optional<Value>(schema: z.ZodType<Value>, about: About): Setting<Value | undefined> {
  return { schema, ...about };
}

/** The values of a table of settings. */
export type Values<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends Setting<infer Value> ? Value : never;
};

/**
 * Reads every setting of the table; an empty variable counts as unset.
 *
 * @throws StartError with one sentence a wrong variable.
 */
export function readTable<Table extends Record<string, Setting<unknown>>>(
  table: Table,
  environment: NodeJS.ProcessEnv,
): Values<Table> {
  const complaints: string[] = [];
  const values = Object.entries(table).map(([name, setting]) => {
    const text = environment[name] || setting.fallback;
    if (text === undefined) return [name, undefined];
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) return [name, parsed.data];
    const shown = setting.secret ? `The value of ${name} (not shown)` : `${name} is "${text}", which`;
    complaints.push(`${shown} is not accepted: it must be ${setting.accepts}.`);
    return [name, undefined];
  });
  if (complaints.length > 0) throw new StartError(complaints.join('\n'));
  return Object.fromEntries(values) as Values<Table>;
}

/** A whole number within bounds, written in decimal digits. */
export const wholeNumber = (minimum: number, maximum: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum));

export const between = (minimum: number, maximum: number): string => `a whole number from ${minimum} to ${maximum}`;

/** A URL with one of the protocols, which are written as in `https:`. */
export const address = (...protocols: string[]): z.ZodType<string> =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));

export const trueOrFalse: z.ZodType<boolean> = z.enum(['true', 'false']).transform((text) => text === 'true');
