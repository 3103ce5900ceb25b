import { OptionRow } from './option-row.js';
import type { InputProps } from './question-input.js';

/** Places on a scale; every place has its label, so that nothing depends on where it stands. */
export function LikertInput({ question, id, response, locked, onAnswer }: InputProps<'likert'>) {
  return (
    <div class="options options--scale">
      {question.scale.map((point) => (
        <OptionRow
          key={point.id}
          type="radio"
          name={`answer-${id}`}
          checked={response === point.id}
          locked={locked}
          right={undefined}
          onChange={() => onAnswer(point.id)}
        >
          {point.label}
        </OptionRow>
      ))}
    </div>
  );
}
