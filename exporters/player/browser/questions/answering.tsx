import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { QuestionResponse } from '../../../document/questions/rules.js';
import type { QuestionView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { useFocusOnChange } from '../components/focus.js';
import { useCourse } from '../course-context.js';
import { Asked } from './asked.js';
import { Feedback } from './feedback.js';

interface AnsweringProps {
  view: QuestionView;
  /** Words on the button that gives the answer. */
  submit: string;
  onAnswer: (response: QuestionResponse) => void;
  /** Goes on without an answer, where it may stay open. */
  onSkip?: () => void;
  /** Beside the button while the answer is open. */
  beside?: ComponentChildren;
  /** Ways on, once the answer stands. */
  children?: ComponentChildren;
}

/** The answer as it is being made, and whether it was given before it was complete. */
function useDraft({ view, onAnswer, onSkip }: AnsweringProps) {
  const [draft, setDraft] = useState(view.response);
  const [incomplete, setIncomplete] = useState(false);
  return {
    draft,
    incomplete,
    change(response: QuestionResponse | undefined) {
      setDraft(response);
      setIncomplete(false);
    },
    give() {
      if (draft !== undefined) onAnswer(draft);
      else if (onSkip !== undefined) onSkip();
      else setIncomplete(true);
    },
  };
}

/** A question of any kind: its prompt, its input, and once the answer stands, what to think of it. */
export function Answering(props: AnsweringProps) {
  const { words, wordsLanguage } = useCourse();
  const { view, submit, beside, children } = props;
  const { draft, incomplete, change, give } = useDraft(props);
  // The answer stands: on to what is said of it. It is open again: back to the question.
  const turned = useFocusOnChange<HTMLDivElement>(view.locked);
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (view.locked) return;
    give();
    const { currentTarget: form } = event;
    if (draft === undefined && form instanceof HTMLElement) form.querySelector<HTMLElement>('input, select')?.focus();
  };
  return (
    <form class="question" onSubmit={onSubmit}>
      <div tabIndex={-1} ref={view.locked ? null : turned}>
        <Asked view={view} response={view.locked ? view.response : draft} onAnswer={change} />
      </div>
      <p class="question__problem" role="alert" lang={wordsLanguage}>
        {incomplete ? words.question.incomplete : ''}
      </p>
      {view.locked ? (
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
