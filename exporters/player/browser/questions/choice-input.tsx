import { RichText } from '../components/rich-text.js';
import { OptionRow } from './option-row.js';
import { inOrder, type InputProps } from './question-input.js';

/** Options of which one, or all that apply, are chosen. */
export function ChoiceInput(props: InputProps<'single-choice' | 'multiple-choice'>) {
  const { question, id, order, response, locked, showsSolution, onAnswer } = props;
  const several = question.kind === 'multiple-choice';
  const chosen = response === undefined ? [] : ([response].flat() as string[]);
  const choose = (option: string, on: boolean) => {
    if (!several) return onAnswer(option);
    const next = on ? [...chosen, option] : chosen.filter((other) => other !== option);
    // In the author's order, so that the order of ticking does not tell answers apart.
    const ids = question.options.map((known) => known.id).filter((known) => next.includes(known));
    onAnswer(ids.length === 0 ? undefined : ids);
  };
  return (
    <div class="options">
      {inOrder(question.options, order).map((option) => (
        <OptionRow
          key={option.id}
          type={several ? 'checkbox' : 'radio'}
          name={`answer-${id}`}
          checked={chosen.includes(option.id)}
          locked={locked}
          right={showsSolution ? option.correct : undefined}
          onChange={(on) => choose(option.id, on)}
        >
          <RichText html={option.text} />
        </OptionRow>
      ))}
    </div>
  );
}
