import { useCourse } from '../course-context.js';
import { OptionRow } from './option-row.js';
import type { InputProps } from './question-input.js';

/** True or false, side by side where there is room. */
export function TrueFalseInput({ question, id, response, locked, showsSolution, onAnswer }: InputProps<'true-false'>) {
  const { words } = useCourse();
  return (
    <div class="options options--row">
      {[true, false].map((value) => (
        <OptionRow
          key={String(value)}
          type="radio"
          name={`answer-${id}`}
          checked={response === value}
          locked={locked}
          right={showsSolution ? question.answer === value : undefined}
          onChange={() => onAnswer(value)}
        >
          {value ? words.question.yes : words.question.no}
        </OptionRow>
      ))}
    </div>
  );
}
