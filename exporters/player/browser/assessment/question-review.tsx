import { interactionOf } from '../../../document/questions/rules.js';
import type { QuestionView } from '../../session/views.js';
import { Badge } from '../components/badge.js';
import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { AnswerText } from '../questions/answer-text.js';
import { RESULT_TONES } from '../questions/feedback.js';

/** An answer under its label. */
function Answer({ view: { question, response }, which }: { view: QuestionView; which: 'response' | 'correct' }) {
  const { words, wordsLanguage } = useCourse();
  return (
    <div class="review__answer">
      <p class="eyebrow" lang={wordsLanguage}>
        {which === 'response' ? words.question.yourAnswer : words.question.rightAnswer}
      </p>
      {response === undefined ? (
        <p lang={wordsLanguage}>{words.question.noAnswer}</p>
      ) : (
        <AnswerText interaction={interactionOf(question, response)} which={which} />
      )}
    </div>
  );
}

/** One question of a finished attempt: the verdict in sight, the rest folded away. */
export function QuestionReview({ view, position }: { view: QuestionView; position: number }) {
  const { words, wordsLanguage } = useCourse();
  const { question, response, grade, feedback, showsSolution } = view;
  const withSolution =
    showsSolution && response !== undefined && grade?.result !== 'correct' && grade?.result !== 'neutral';
  return (
    <li>
      <details class="disclosure review__question">
        <summary>
          <span class="review__number">{position}</span>
          <RichText html={question.prompt} class="review__prompt" />
          <span class="review__verdict" lang={wordsLanguage}>
            {grade !== undefined && (
              <Badge tone={RESULT_TONES[grade.result]}>{words.question.result[grade.result]}</Badge>
            )}
            {response === undefined && <Badge>{words.question.noAnswer}</Badge>}
          </span>
          <Icon name="down" />
        </summary>
        <div class="disclosure__body">
          <Answer view={view} which="response" />
          {withSolution && <Answer view={view} which="correct" />}
          {feedback.map((html) => (
            <RichText key={html} html={html} class="review__feedback" />
          ))}
        </div>
      </details>
    </li>
  );
}
