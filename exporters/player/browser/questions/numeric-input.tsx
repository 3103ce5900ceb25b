import { useState } from 'preact/hooks';
import { useCourse } from '../course-context.js';
import { parseNumber } from './number-text.js';
import type { InputProps } from './question-input.js';

/** A number to write, as people of the course's language write it. */
export function NumericInput({ question, id, response, locked, onAnswer }: InputProps<'numeric'>) {
  const { session, words, wordsLanguage } = useCourse();
  const { language } = session.document;
  const [text, setText] = useState(() => (response === undefined ? '' : (response as number).toLocaleString(language)));
  const write = (value: string) => {
    setText(value);
    onAnswer(parseNumber(value, language));
  };
  return (
    <div class="written">
      <label for={`answer-${id}`} lang={wordsLanguage}>
        {words.question.number}
      </label>
      <div class="written__number">
        <input
          id={`answer-${id}`}
          class="field"
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-describedby={`prompt-${id}${question.unit === undefined ? '' : ` unit-${id}`}`}
          disabled={locked}
          value={text}
          onInput={({ currentTarget: { value } }) => write(value)}
        />
        {question.unit !== undefined && <span id={`unit-${id}`}>{question.unit}</span>}
      </div>
    </div>
  );
}
