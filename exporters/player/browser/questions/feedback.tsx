import { interactionOf } from '../../../document/questions/rules.js';
import type { Grade } from '../../../document/questions/question-rules.js';
import type { QuestionView } from '../../session/views.js';
import { Badge, type Tone } from '../components/badge.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { AnswerText } from './answer-text.js';

export const RESULT_TONES: Record<Grade['result'], Tone> = {
  correct: 'good',
  partial: 'fair',
  incorrect: 'poor',
  neutral: 'plain',
};

/** Kinds whose input shows the right answer at its own options. */
const SELF_MARKING = new Set(['single-choice', 'multiple-choice', 'true-false']);

/** The right answer in words, where the input itself does not show it. */
function Solution({ view: { question, response, grade, showsSolution } }: { view: QuestionView }) {
  const { words, wordsLanguage } = useCourse();
  if (!showsSolution || response === undefined || SELF_MARKING.has(question.kind)) return null;
  if (grade === undefined || grade.result === 'correct' || grade.result === 'neutral') return null;
  return (
    <div class="feedback__solution">
      <p class="eyebrow" lang={wordsLanguage}>
        {words.question.rightAnswer}
      </p>
      <AnswerText interaction={interactionOf(question, response)} which="correct" />
    </div>
  );
}

/** What to think of an answer: the verdict, what the author says about it, and the right answer where it may be shown. */
export function Feedback({ view }: { view: QuestionView }) {
  const { words, wordsLanguage } = useCourse();
  const { grade, feedback } = view;
  if (grade === undefined && feedback.length === 0) return null;
  return (
    <div class={`feedback feedback--${grade?.result ?? 'neutral'}`}>
      {grade !== undefined && (
        <p lang={wordsLanguage}>
          <Badge tone={RESULT_TONES[grade.result]}>{words.question.result[grade.result]}</Badge>
        </p>
      )}
      {feedback.map((html) => (
        <RichText key={html} html={html} />
      ))}
      <Solution view={view} />
    </div>
  );
}
