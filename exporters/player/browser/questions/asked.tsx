import type { QuestionKind } from '../../../document/questions/index.js';
import type { QuestionResponse } from '../../../document/questions/rules.js';
import type { Words } from '../../words/shape.js';
import type { QuestionView } from '../../session/views.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { InputView } from './input-view.js';

/** What to do, where the input does not say it itself. */
const hintOf = (kind: QuestionKind, { question }: Words): string | undefined =>
  ({
    'single-choice': question.chooseOne,
    'multiple-choice': question.chooseAll,
    'true-false': question.statement,
    matching: question.match,
    ordering: question.order,
    likert: question.rate,
    'fill-in': undefined,
    numeric: undefined,
  })[kind];

/** Kinds of which one option is chosen. */
const ONE_OF = new Set<QuestionKind>(['single-choice', 'true-false', 'likert']);

interface AskedProps {
  view: QuestionView;
  response: QuestionResponse | undefined;
  onAnswer: (response: QuestionResponse | undefined) => void;
}

/** What is asked and the place for the answer, as one group for a screen reader. */
export function Asked({ view: { question, order, locked, showsSolution }, response, onAnswer }: AskedProps) {
  const { words, wordsLanguage } = useCourse();
  const hint = hintOf(question.kind, words);
  const hintId = `hint-${question.id}`;
  return (
    <div
      role={ONE_OF.has(question.kind) ? 'radiogroup' : 'group'}
      aria-labelledby={`prompt-${question.id}`}
      aria-describedby={hint && hintId}
    >
      <div id={`prompt-${question.id}`} class="question__prompt">
        <RichText html={question.prompt} />
      </div>
      {hint !== undefined && (
        <p id={hintId} class="quiet" lang={wordsLanguage}>
          {hint}
        </p>
      )}
      <InputView
        question={question}
        id={question.id}
        order={order}
        response={response}
        locked={locked}
        showsSolution={showsSolution}
        onAnswer={onAnswer}
      />
    </div>
  );
}
