import { digitOf, gradeOf, indexOf, type Component, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'matching'>;

/** Pairs of ids, one for each source. The id of a target is the id of the first pair (or the distractor) with its words. */
export type MatchingResponse = [source: string, target: string][];

export const matchingSources = (question: Question): Component[] =>
  question.pairs.map(({ id, source }) => ({ id, text: source }));

/** The targets without repetition, in the order of the pairs, distractors last; their ids do not clash with pairs'. */
export function matchingTargets(question: Question): Component[] {
  const targets = new Map<string, Component>();
  for (const { id, target } of question.pairs) if (!targets.has(target)) targets.set(target, { id, text: target });
  for (const { id, text } of question.distractors ?? [])
    if (!targets.has(text)) targets.set(text, { id: `x_${id}`, text });
  return [...targets.values()];
}

function rightPairs(question: Question): MatchingResponse {
  const targets = matchingTargets(question);
  return question.pairs.map(({ id, target }) => [id, targets.find(({ text }) => text === target)?.id ?? id]);
}

function share(question: Question, response: MatchingResponse): number {
  const right = rightPairs(question).filter(([source, target]) =>
    response.some((pair) => pair[0] === source && pair[1] === target),
  );
  return right.length / question.pairs.length;
}

const isPair = (value: unknown): value is [string, string] =>
  Array.isArray(value) && value.length === 2 && value.every((id) => typeof id === 'string');

function accepts(question: Question, response: unknown): response is MatchingResponse {
  if (!Array.isArray(response) || response.length !== question.pairs.length || !response.every(isPair)) return false;
  const targets = matchingTargets(question);
  return (
    question.pairs.every(({ id }) => response.some(([source]) => source === id)) &&
    response.every(([, target]) => targets.some(({ id }) => id === target))
  );
}

export const matchingRules: QuestionRules<Question, MatchingResponse> = {
  accepts,
  grade(question, response) {
    const right = share(question, response);
    return gradeOf(question.scoring === 'PER_PAIR' ? right : Math.floor(right));
  },
  optionFeedback: () => [],
  interaction: (question, response) => ({
    type: 'matching',
    sources: matchingSources(question),
    targets: matchingTargets(question),
    response,
    correct: rightPairs(question),
  }),
  // The targets in the order of the pairs: the sources need not be written.
  pack(question, response) {
    const targets = matchingTargets(question);
    const targetOf = new Map(response);
    return question.pairs
      .map(({ id }) => digitOf(targets.findIndex((target) => target.id === targetOf.get(id))))
      .join('');
  },
  unpack(question, packed) {
    const targets = matchingTargets(question);
    const response = question.pairs.map(({ id }, index) => [id, targets[indexOf(packed.charAt(index))]?.id]);
    return packed.length === question.pairs.length && accepts(question, response) ? response : undefined;
  },
  maxLength: (question) => question.pairs.length,
};
