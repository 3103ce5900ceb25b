/** Answers: of knowledge checks, and of the current or last attempt at an assessment. */
import { matchingTargets } from '../../../document/questions/matching/rules.js';
import { maxPackedLength, packResponse, unpackResponse } from '../../../document/questions/rules.js';
import type { Question } from '../../../document/tree.js';
import { digitsOf, fingerprint, numbersOf } from '../digits.js';
import { KIND_MARKS, type Keeper } from './keeper.js';

const SHAPE_DIGITS = 2;
const TRIES_DIGITS = 1;

const idsOf = (items: readonly { id: string }[]): string => items.map(({ id }) => id).join();

/** What a packed answer rests on: answers name options by their place. */
function shapeOf(question: Question): string {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return idsOf(question.options);
    case 'ordering':
      return idsOf(question.items);
    case 'likert':
      return idsOf(question.scale);
    case 'matching':
      return `${idsOf(question.pairs)};${idsOf(matchingTargets(question))}`;
    case 'true-false':
    case 'fill-in':
    case 'numeric':
      return '';
  }
}

/** Begins everything that is kept of a question. */
const headOf = (mark: string, question: Question): string =>
  mark + fingerprint(`${question.kind};${shapeOf(question)}`, SHAPE_DIGITS);

/** An answer in the attempt at `assessment`. It is read after the assessment itself, and only where that has an attempt. */
export function questionKeeper(question: Question, slot: number, assessment: string): Keeper {
  const { id } = question;
  const head = headOf(KIND_MARKS.question, question);
  return {
    id,
    slot,
    maxLength: head.length + maxPackedLength(question),
    pack(state) {
      const response = state.assessments[assessment]?.attempt?.answers[id];
      return response === undefined ? undefined : head + packResponse(question, response);
    },
    unpack(state, packed) {
      const progress = state.assessments[assessment];
      const response = packed.startsWith(head) ? unpackResponse(question, packed.slice(head.length)) : undefined;
      if (progress?.attempt === undefined || response === undefined) return state;
      const attempt = { ...progress.attempt, answers: { ...progress.attempt.answers, [id]: response } };
      return { ...state, assessments: { ...state.assessments, [assessment]: { ...progress, attempt } } };
    },
  };
}

/** A knowledge check: how often it was answered, and the answer that stands, if one does. */
export function checkKeeper(question: Question, slot: number): Keeper {
  const { id } = question;
  const head = headOf(KIND_MARKS.check, question);
  return {
    id,
    slot,
    maxLength: head.length + TRIES_DIGITS + maxPackedLength(question),
    pack(state) {
      const check = state.checks[id];
      if (check === undefined) return undefined;
      const packed = check.response === undefined ? '' : packResponse(question, check.response);
      return head + digitsOf(check.tries, TRIES_DIGITS) + packed;
    },
    unpack(state, packed) {
      const fields = packed.startsWith(head) ? numbersOf(packed.slice(head.length), TRIES_DIGITS) : undefined;
      const tries = fields?.values[0];
      if (fields === undefined || tries === undefined) return state;
      const response = fields.rest === '' ? undefined : unpackResponse(question, fields.rest);
      if (fields.rest !== '' && response === undefined) return state;
      return { ...state, checks: { ...state.checks, [id]: response === undefined ? { tries } : { tries, response } } };
    },
  };
}
