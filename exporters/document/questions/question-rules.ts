/** What every kind of question can do, in pure functions that the player and the server share. No validator, no framework. */

/** The outcome of one answer. */
export interface Grade {
  /** 0 to 1. */
  score: number;
  /** `neutral` where no answer is right or wrong. */
  result: 'correct' | 'partial' | 'incorrect' | 'neutral';
}

/**
 * An answer in the neutral shape of the interaction types that SCORM 1.2 (RTE 3.4.4), SCORM 2004 (RTE 4.2.9) and xAPI
 * (Data 2.4.4.1, "Interaction Activities") have in common. Each dialect writes it in its own delimiters.
 */
export type Interaction =
  | { type: 'true-false'; response: boolean; correct: boolean }
  | {
      type: 'choice';
      choices: readonly Component[];
      response: readonly string[];
      correct: readonly (readonly string[])[];
    }
  | { type: 'fill-in'; response: string; correct: readonly string[]; caseSensitive: boolean }
  | {
      type: 'matching';
      sources: readonly Component[];
      targets: readonly Component[];
      response: readonly (readonly [source: string, target: string])[];
      correct: readonly (readonly [source: string, target: string])[];
    }
  | { type: 'sequencing'; choices: readonly Component[]; response: readonly string[]; correct: readonly string[] }
  | { type: 'numeric'; response: number; minimum: number; maximum: number }
  | { type: 'likert'; scale: readonly Component[]; response: string };

/** An option, source, target or scale point: its id and its words (rich text in a published document). */
export interface Component {
  id: string;
  text: string;
}

export interface QuestionRules<Question, Response> {
  /** Whether the response fits the question: every id exists, nothing is missing. A response that does not fit is never graded. */
  accepts(question: Question, response: unknown): response is Response;
  grade(question: Question, response: Response): Grade;
  /** What the learner reads about the very options that were chosen, besides the question's own feedback. */
  optionFeedback(question: Question, response: Response): readonly string[];
  interaction(question: Question, response: Response): Interaction;
  /** The response in printable ASCII for suspend data; `maxLength` bounds it for every response to this question. */
  pack(question: Question, response: Response): string;
  unpack(question: Question, packed: string): Response | undefined;
  maxLength(question: Question): number;
}

/** A grade from a score: 1 is correct, 0 is incorrect, between is partial. */
export function gradeOf(score: number): Grade {
  const bounded = Math.min(1, Math.max(0, score));
  // A sum of shares such as 3 * (1/3) must count as full credit.
  if (bounded > 1 - 1e-9) return { score: 1, result: 'correct' };
  return bounded < 1e-9 ? { score: 0, result: 'incorrect' } : { score: bounded, result: 'partial' };
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** The character of a place in a list of at most 36, and back. */
export const digitOf = (index: number): string => DIGITS.charAt(index);
export const indexOf = (digit: string): number => DIGITS.indexOf(digit);

/** Ids as one digit each, by their place in the list. */
export function packIds(list: readonly { id: string }[], ids: readonly string[]): string {
  return ids.map((id) => digitOf(list.findIndex((item) => item.id === id))).join('');
}

export function unpackIds(list: readonly { id: string }[], packed: string): string[] | undefined {
  const ids = [...packed].map((digit) => list[indexOf(digit)]?.id);
  return ids.every((id) => id !== undefined) ? ids : undefined;
}

export const isIdList = (list: readonly { id: string }[], value: unknown): value is string[] =>
  Array.isArray(value) &&
  new Set(value).size === value.length &&
  value.every((id) => list.some((item) => item.id === id));
