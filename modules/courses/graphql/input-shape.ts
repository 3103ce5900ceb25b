/** Content as a GraphQL input writes it (`{ text: { body } }`) and as its schema does (`{ kind: 'text', body }`). */
import { z } from 'zod';
import { isRecord, memberFor, unwrapped } from '../../../exporters/document/index.js';
import { UserError, ValidationFailed } from '../../../src/platform/errors.js';
import { fieldNameOf, kindOfSchema } from './kind-names.js';

/** The content that an input describes, in the shape of its schema. GraphQL has seen to it that the input fits its type. */
export function contentFrom(wrapped: z.core.$ZodType, input: unknown): unknown {
  const schema = unwrapped(wrapped);
  if (schema instanceof z.ZodArray && Array.isArray(input))
    return input.map((item) => contentFrom(schema.element, item));
  if (!isRecord(input)) return input;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const kind = (schema.options as z.ZodObject[]).find(
      (option) => input[fieldNameOf(kindOfSchema(option) ?? '')] !== undefined,
    );
    return kind && { kind: kindOfSchema(kind), ...fieldsFrom(kind, input[fieldNameOf(kindOfSchema(kind) ?? '')]) };
  }
  return schema instanceof z.ZodObject ? fieldsFrom(schema, input) : input;
}

function fieldsFrom(schema: z.ZodObject, input: unknown): Record<string, unknown> {
  const fields = Object.entries(isRecord(input) ? input : {});
  return Object.fromEntries(fields.map(([name, value]) => [name, contentFrom(schema.shape[name] as z.ZodType, value)]));
}

/** The failure with the paths of its problems in the input, as the caller wrote it. */
export function inInput<T>(answer: T, schema: z.core.$ZodType, content: unknown): T | UserError {
  if (!(answer instanceof ValidationFailed)) return answer;
  const problems = answer.problems.map((problem) => {
    const [root, ...path] = problem.path;
    return root === 'content' ? { ...problem, path: [root, ...pathIn(schema, content, path)] } : problem;
  });
  return new ValidationFailed(problems, answer.message, answer.path);
}

function pathIn(wrapped: z.core.$ZodType, content: unknown, path: readonly string[]): readonly string[] {
  const [step, ...rest] = path;
  const schema = unwrapped(wrapped);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const member = memberFor(schema, content);
    if (member === undefined) return path;
    const field = fieldNameOf(kindOfSchema(member) ?? '');
    return step === 'kind' ? [field] : [field, ...pathIn(member, content, path)];
  }
  if (step === undefined) return path;
  if (schema instanceof z.ZodArray && Array.isArray(content))
    return [step, ...pathIn(schema.element, content[Number(step)], rest)];
  const field: unknown = schema instanceof z.ZodObject ? schema.shape[step] : undefined;
  return field instanceof z.ZodType && isRecord(content) ? [step, ...pathIn(field, content[step], rest)] : path;
}
