/**
 * The field types that course content is made of. Each is a zod schema that carries what the rest of the project derives
 * from it: a description (GraphQL schema, JSON Schema), a title (the GraphQL type's name), and a role (what the string means).
 */
import { z } from 'zod';

/** What a string stands for beyond its text; `walk.ts` finds strings by it. */
export type Role = 'markdown' | 'asset' | 'item-id' | 'node' | 'variable';

/** Metadata on a schema. `valueDescriptions` describes the members of an enumeration. */
export interface FieldMeta {
  role?: Role;
  title?: string;
  description?: string;
  valueDescriptions?: Record<string, string>;
}

export const metaOf = (schema: z.core.$ZodType): FieldMeta => (z.globalRegistry.get(schema) ?? {}) as FieldMeta;

// Rejected everywhere: controls but tab and line feed, lone surrogates. XML 1.0 2.2 and PostgreSQL text cannot hold them.
const UNPRINTABLE = /[^\P{Cc}\t\n]|\p{Cs}/u;

const printable = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !UNPRINTABLE.test(value), { error: 'has a control character or a broken surrogate' });

/** Rich text: Markdown in a draft, sanitised HTML in a published document. `max` counts the Markdown's characters. */
export const markdown = (description: string, max = 20_000) =>
  printable(max).meta({ role: 'markdown' as const, description });

/** Required rich text. */
export const requiredMarkdown = (description: string, max = 20_000) =>
  printable(max)
    .refine((value) => value.trim() !== '', { error: 'must not be empty' })
    .meta({ role: 'markdown' as const, description });

/** One line of plain text that must not be blank. */
export const line = (description: string, max = 200) =>
  printable(max)
    .refine((value) => value.trim() !== '' && !value.includes('\n'), { error: 'must be one line that is not blank' })
    .describe(description);

/** Plain text of several lines that must not be blank. */
export const plainText = (description: string, max = 2_000) =>
  printable(max)
    .refine((value) => value.trim() !== '', { error: 'must not be blank' })
    .describe(description);

/** The id of an asset. */
export const assetRef = (description: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ role: 'asset' as const, description });

/** A reference to a scenario's node or variable. */
export const nodeRef = (description: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ role: 'node' as const, description });
export const variableRef = (description: string) =>
  z
    .string()
    .min(1)
    .max(64)
    .meta({ role: 'variable' as const, description });

/**
 * The id of an item inside one element (an option, a card): unique in its list and stable from version to version. Authors
 * may leave it out; `fillItemIds` then gives the next free one.
 */
export const itemId = () =>
  z
    .string()
    .regex(/^[A-Za-z0-9_]{1,32}$/, { error: 'must be 1 to 32 letters, digits or _' })
    .meta({ role: 'item-id' as const, description: 'Id of the item, unique in its list; filled in when left out' });

/** A list whose items have ids: the ids must differ. */
export const itemList = <T extends z.ZodType<{ id: string }>>(
  item: T,
  description: string,
  { min = 1, max = 36 } = {},
) =>
  z
    .array(item)
    .min(min)
    .max(max)
    .superRefine((items, context) => {
      const seen = new Set<string>();
      items.forEach(({ id }, index) => {
        if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `is used twice: ${id}` });
        seen.add(id);
      });
    })
    .describe(description);

/** A closed set of words; `values` maps each to its description. */
export const enumeration = <K extends string>(title: string, description: string, values: Record<K, string>) =>
  z.enum(Object.keys(values) as [K, ...K[]]).meta({ title, description, valueDescriptions: values });

/** A named group of fields. */
export const group = <S extends z.ZodRawShape>(title: string, description: string, shape: S) =>
  z.strictObject(shape).meta({ title, description });

/** The schema of one kind of a family of elements: its fields plus the literal `kind` that tells it from the others. */
export const kindOf = <K extends string, S extends z.ZodRawShape>(
  kind: K,
  title: string,
  description: string,
  shape: S,
) => z.strictObject({ kind: z.literal(kind), ...shape }).meta({ title, description });

/** A picture with its text alternative (WCAG 2.2, 1.1.1): either an alternative, or marked decorative and none. */
export const picture = (title: string, description: string) =>
  group(title, description, {
    asset: assetRef('The image asset'),
    alt: line('Text alternative: what the image says to someone who cannot see it', 500).optional(),
    decorative: z.boolean().describe('True when the image says nothing that the text does not').optional(),
  }).superRefine(requireAlternative);

export function requireAlternative(
  image: { alt?: string | undefined; decorative?: boolean | undefined },
  context: z.RefinementCtx,
): void {
  if (image.alt === undefined && image.decorative !== true) {
    context.addIssue({ code: 'custom', path: ['alt'], message: 'is required unless the image is marked decorative' });
  }
  if (image.alt !== undefined && image.decorative === true) {
    context.addIssue({
      code: 'custom',
      path: ['decorative'],
      message: 'must not be true when there is a text alternative',
    });
  }
}
