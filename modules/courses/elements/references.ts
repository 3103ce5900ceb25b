import type { z } from 'zod';
import { mapStrings, type Role, type Visitor } from '../../../exporters/document/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { problem } from '../problems.js';
import { contentSchemas } from './content.js';
import type { ElementContent, ElementType } from './element.js';

/** The roles of strings that name something outside of their element. */
export type ReferenceRole = Extract<Role, 'asset' | 'node' | 'variable'>;

/** A place in content that names something else. */
export interface Reference {
  readonly role: ReferenceRole;
  readonly value: string;
  readonly path: readonly (string | number)[];
}

const REFERENCES: readonly ReferenceRole[] = ['asset', 'node', 'variable'];
const isReference = (role: Role): role is ReferenceRole => REFERENCES.some((reference) => reference === role);

/** Everything that a value names outside of itself, in the order of its fields. */
export function referencesIn(schema: z.core.$ZodType, value: unknown): Reference[] {
  const found: Reference[] = [];
  const note: Visitor = (role, text, path) => {
    if (isReference(role)) found.push({ role, value: text, path });
    return text;
  };
  mapStrings(schema, value, note, REFERENCES);
  return found;
}

/** A copy of content whose references go to what the table says; what is not in the table stays. */
export function redirected(
  type: ElementType,
  content: ElementContent,
  table: (role: ReferenceRole, value: string) => string | undefined,
): ElementContent {
  const redirect: Visitor = (role, value) => (isReference(role) ? (table(role, value) ?? value) : value);
  return mapStrings(contentSchemas[type], content, redirect, REFERENCES);
}

const wording: Record<ReferenceRole, { code: string; scope: string; hint: string }> = {
  asset: { code: 'UNKNOWN_ASSET', scope: 'in the organization', hint: 'Upload the file first and use the id it gets.' },
  node: {
    code: 'UNKNOWN_NODE',
    scope: 'in this scenario',
    hint: 'Create the node first; a way out leads to a node of its own lesson.',
  },
  variable: {
    code: 'UNKNOWN_VARIABLE',
    scope: 'in this scenario',
    hint: 'Create the variable in the same lesson first.',
  },
};

/** The problem of a reference that leads nowhere. */
export function danglingReference({ role, value }: Reference, path: readonly PropertyKey[]): Problem {
  const { code, scope, hint } = wording[role];
  return problem(code, `There is no ${role} "${value}" ${scope}.`, path, hint);
}
