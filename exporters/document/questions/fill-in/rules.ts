import { gradeOf, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';

type Question = QuestionOf<'fill-in'>;

/** An answer may be as long as what SCORM 1.2 keeps of it (CMIFeedback, 255 characters) allows for several of them. */
export const FILL_IN_MAX_LENGTH = 100;

const plain = (text: string) => text.normalize('NFC').trim().replace(/\s+/gu, ' ');
const comparable = (text: string, caseSensitive: boolean) =>
  caseSensitive ? plain(text) : plain(text).toLocaleLowerCase('und');

function decoded(packed: string): string | undefined {
  try {
    return decodeURIComponent(packed);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

/** Response: the text as typed. */
export const fillInRules: QuestionRules<Question, string> = {
  accepts: (_question, response): response is string =>
    typeof response === 'string' && response.trim() !== '' && response.length <= FILL_IN_MAX_LENGTH,
  grade(question, response) {
    const caseSensitive = question.caseSensitive ?? false;
    const given = comparable(response, caseSensitive);
    const credits = question.answers
      .filter(({ text }) => comparable(text, caseSensitive) === given)
      .map(({ credit }) => credit ?? 1);
    return gradeOf(Math.max(0, ...credits));
  },
  optionFeedback: () => [],
  interaction: (question, response) => ({
    type: 'fill-in',
    response: plain(response),
    correct: question.answers.filter(({ credit }) => (credit ?? 1) === 1).map(({ text }) => plain(text)),
    caseSensitive: question.caseSensitive ?? false,
  }),
  // Percent-encoding is printable ASCII; what would not fit is cut at a whole character.
  pack(question, response) {
    let packed = '';
    for (const character of plain(response)) {
      const next = packed + encodeURIComponent(character);
      if (next.length > fillInRules.maxLength(question)) break;
      packed = next;
    }
    return packed;
  },
  unpack(_question, packed) {
    // Suspend data comes back from an LMS: what is not percent-encoded text is no answer.
    return /^(?:[\w.!~*'()-]|%[\dA-F]{2})*$/.test(packed) ? decoded(packed) : undefined;
  },
  maxLength: () => FILL_IN_MAX_LENGTH,
};
