import type { ComponentChildren } from 'preact';
import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';

interface OptionRowProps {
  type: 'radio' | 'checkbox';
  name: string;
  checked: boolean;
  locked: boolean;
  /** Whether the option is right; undefined while that is not to be shown. */
  right: boolean | undefined;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
}

/** One option to tick or choose. Once the solution is shown, marks and words tell right from wrong, not colour alone. */
export function OptionRow({ type, name, checked, locked, right, onChange, children }: OptionRowProps) {
  const { words, wordsLanguage } = useCourse();
  const verdict = right === true ? 'right' : right === false && checked ? 'wrong' : undefined;
  return (
    <label class={`option${checked ? ' option--checked' : ''}${verdict ? ` option--${verdict}` : ''}`}>
      <input
        type={type}
        name={name}
        checked={checked}
        disabled={locked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="option__text">{children}</span>
      {verdict && (
        <span class="option__verdict" lang={wordsLanguage}>
          <Icon name={verdict === 'right' ? 'check' : 'cross'} />
          {verdict === 'right' ? words.question.rightOption : words.question.result.incorrect}
        </span>
      )}
    </label>
  );
}
