import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { QuestionKind } from '../../../document/questions/index.js';
import type { QuestionResponse } from '../../../document/questions/rules.js';
import type { Words } from '../../words/words.js';
import type { QuestionView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { useFocusOnChange } from '../components/focus.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { Feedback } from './feedback.js';
import { InputView } from './input-view.js';

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

interface AnsweringProps {
  view: QuestionView;
  /** Words on the button that gives the answer. */
  submit: string;
  /** Gives the answer; where the answer may stay open, undefined goes on without one. */
  onAnswer: (response: QuestionResponse) => void;
  onSkip?: () => void;
  /** Beside the button while the answer is open. */
  beside?: ComponentChildren;
  /** Ways on, once the answer stands. */
  children?: ComponentChildren;
}

/** A question of any kind: its prompt, its input, and once the answer stands, what to think of it. */
export function Answering({ view, submit, onAnswer, onSkip, beside, children }: AnsweringProps) {
  const { words, wordsLanguage } = useCourse();
  const { question, order, locked, showsSolution } = view;
  const [draft, setDraft] = useState(view.response);
  const [incomplete, setIncomplete] = useState(false);
  const input = useRef<HTMLDivElement>(null);
  const turned = useFocusOnChange<HTMLDivElement>(locked);
  const hint = hintOf(question.kind, words);
  const answer = () => {
    if (draft !== undefined) return onAnswer(draft);
    if (onSkip !== undefined) return onSkip();
    setIncomplete(true);
    input.current?.querySelector<HTMLElement>('input, select')?.focus();
  };
  const change = (response: QuestionResponse | undefined) => {
    setDraft(response);
    setIncomplete(false);
  };
  return (
    <form
      class="question"
      onSubmit={(event) => {
        event.preventDefault();
        if (!locked) answer();
      }}
    >
      <div
        ref={input}
        role={question.kind === 'single-choice' || question.kind === 'true-false' || question.kind === 'likert' ? 'radiogroup' : 'group'}
        aria-labelledby={`prompt-${question.id}`}
        aria-describedby={hint === undefined ? undefined : `hint-${question.id}`}
      >
        <div id={`prompt-${question.id}`} class="question__prompt" tabIndex={-1} ref={locked ? null : turned}>
          <RichText html={question.prompt} />
        </div>
        {hint !== undefined && (
          <p id={`hint-${question.id}`} class="quiet" lang={wordsLanguage}>
            {hint}
          </p>
        )}
        <InputView
          question={question}
          id={question.id}
          order={order}
          response={locked ? view.response : draft}
          locked={locked}
          showsSolution={showsSolution}
          onAnswer={change}
        />
      </div>
      <p class="question__problem" role="alert" lang={wordsLanguage}>
        {incomplete ? words.question.incomplete : ''}
      </p>
      {locked ? (
        <div tabIndex={-1} ref={turned} class="question__outcome">
          <Feedback view={view} />
          <div class="actions">{children}</div>
        </div>
      ) : (
        <div class="actions">
          <Button look="primary" type="submit">
            {submit}
          </Button>
          {beside}
        </div>
      )}
    </form>
  );
}
