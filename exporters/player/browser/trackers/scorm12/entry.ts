/** What stands in one entry of cmi.interactions: an answer to a question, or a decision in a scenario. */
import type { Grade } from '../../../../document/questions/question-rules.js';
import { interactionOf, isScored } from '../../../../document/questions/rules.js';
import type { SessionEvent, SessionEventOf } from '../../../session/events.js';
import type { CourseIndex } from '../../../state/course-index.js';
import { plainText } from '../../../statements/plain-text.js';
import { letterOf, scorm12Answer } from './answer.js';
import { timeOfDay, timespan } from './time.js';

/** The name of an element below cmi.interactions.n, and its value. */
export type Field = readonly [name: string, value: string];

/** `which_reply_fits-3f9a2c81d0aa`: reports of LMSs show nothing but the id. */
function entryId({ id, prompt }: { id: string; prompt: string }): string {
  const words = plainText(prompt)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, 60)
    .replace(/^_+|_+$/g, '');
  return `${words === '' ? 'question' : words}-${id.slice(-12)}`;
}

function resultOf({ score, result }: Grade): string {
  switch (result) {
    case 'correct':
    case 'neutral':
      return result;
    case 'incorrect':
      return 'wrong';
    case 'partial':
      return String(Math.round(score * 100) / 100);
  }
}

type Answered = SessionEventOf<'questionAnswered'> | SessionEventOf<'checkAnswered'>;

function answerFields(index: CourseIndex, event: Answered): Field[] {
  const isCheck = event.kind === 'checkAnswered';
  const question = isCheck ? index.checkQuestion(event.block) : index.question(event.question);
  if (question === undefined) return [];
  const { type, response, patterns } = scorm12Answer(interactionOf(question, event.response));
  return [
    ['id', entryId(question)],
    ...(question.objectives ?? []).map((id, place): Field => [`objectives.${place}.id`, id]),
    ['time', timeOfDay(event.at)],
    ['type', type],
    ...patterns.map((pattern, place): Field => [`correct_responses.${place}.pattern`, pattern]),
    ['weighting', String(isScored(question) && !isCheck ? (question.weight ?? 1) : 0)],
    ['student_response', response],
    ['result', resultOf(event.grade)],
    ...(event.seconds === undefined ? [] : [['latency', timespan(event.seconds)] as const]),
  ];
}

function decisionFields(index: CourseIndex, event: SessionEventOf<'decisionMade'>): Field[] {
  const node = index.scenario(event.lesson)?.nodes.find(({ id }) => id === event.node);
  if (node?.kind !== 'decision') return [];
  return [
    ['id', entryId(node)],
    ['time', timeOfDay(event.at)],
    ['type', 'choice'],
    ['weighting', '0'],
    ['student_response', letterOf(node.choices, event.choice)],
    ['result', 'neutral'],
    ['latency', timespan(event.seconds)],
  ];
}

/** The fields of the entry that an event makes, the id first; empty where it makes none. */
export function entryFields(index: CourseIndex, event: SessionEvent): Field[] {
  switch (event.kind) {
    case 'questionAnswered':
    case 'checkAnswered':
      return answerFields(index, event);
    case 'decisionMade':
      return decisionFields(index, event);
    default:
      return [];
  }
}
