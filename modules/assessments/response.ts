import type { QuestionKind, QuestionResponse } from '../../exporters/document/index.js';

/** An answer as a caller gives it: exactly one field, named after the kind of the question. */
export interface GivenResponse {
  readonly singleChoice?: string | null;
  readonly multipleChoice?: readonly string[] | null;
  readonly trueFalse?: boolean | null;
  readonly matching?: readonly { readonly source: string; readonly target: string }[] | null;
  readonly ordering?: readonly string[] | null;
  readonly fillIn?: string | null;
  readonly numeric?: number | null;
  readonly likert?: string | null;
}

/** The field that answers each kind of question. */
export const RESPONSE_FIELDS = {
  'single-choice': 'singleChoice',
  'multiple-choice': 'multipleChoice',
  'true-false': 'trueFalse',
  matching: 'matching',
  ordering: 'ordering',
  'fill-in': 'fillIn',
  numeric: 'numeric',
  likert: 'likert',
} as const satisfies Record<QuestionKind, keyof GivenResponse>;

/** The answer in the shape of the question's kind; undefined when the field of another kind was given. */
export function responseTo(kind: QuestionKind, given: GivenResponse): QuestionResponse | undefined {
  if (kind === 'matching') return given.matching?.map(({ source, target }): [string, string] => [source, target]);
  const response = given[RESPONSE_FIELDS[kind]] ?? undefined;
  return typeof response === 'object' ? [...response] : response;
}
