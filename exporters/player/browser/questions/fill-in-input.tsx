import { FILL_IN_MAX_LENGTH } from '../../../document/questions/fill-in/rules.js';
import { useCourse } from '../course-context.js';
import type { InputProps } from './question-input.js';

/** A word or a short phrase to write. */
export function FillInInput({ id, response, locked, onAnswer }: InputProps<'fill-in'>) {
  const { words, wordsLanguage } = useCourse();
  return (
    <div class="written">
      <label for={`answer-${id}`} lang={wordsLanguage}>
        {words.question.write}
      </label>
      <input
        id={`answer-${id}`}
        class="field"
        type="text"
        autoComplete="off"
        maxLength={FILL_IN_MAX_LENGTH}
        aria-describedby={`prompt-${id}`}
        disabled={locked}
        value={(response as string | undefined) ?? ''}
        onInput={({ currentTarget: { value } }) => onAnswer(value.trim() === '' ? undefined : value)}
      />
    </div>
  );
}
