import { gradeOf, type QuestionRules } from '../question-rules.js';
import type { QuestionOf } from '../index.js';
import { packText, unpackText } from './packed-text.js';

type Question = QuestionOf<'fill-in'>;

/** An answer may be as long as what SCORM 1.2 keeps of it (CMIFeedback, 255 characters) allows for several of them. */
export const FILL_IN_MAX_LENGTH = 100;

const plain = (text: string) =>
  text
    .replace(/\p{Cs}/gu, '')
    .normalize('NFC')
    .trim()
    .replace(/\s+/gu, ' ');
const comparable = (text: string, caseSensitive: boolean) =>
  caseSensitive ? plain(text) : plain(text).toLocaleLowerCase('und');

/** Every accepted answer fits, whatever its script; any other text may be as long as plain letters need. */
const maxPackedText = ({ answers }: Question): number =>
  Math.max(FILL_IN_MAX_LENGTH, ...answers.map(({ text }) => packText(plain(text)).length));

/** Response: the text as typed. */
export const fillInRules: QuestionRules<Question, string> = {
  accepts: (question, response): response is string =>
    typeof response === 'string' &&
    plain(response) !== '' &&
    response.length <= FILL_IN_MAX_LENGTH &&
    packText(plain(response)).length <= maxPackedText(question),
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
  pack: (_question, response) => packText(plain(response)),
  unpack: (_question, packed) => unpackText(packed),
  maxLength: maxPackedText,
};
