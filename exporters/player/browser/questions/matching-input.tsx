import { useState } from 'preact/hooks';
import { matchingSources, matchingTargets, type MatchingResponse } from '../../../document/questions/matching/rules.js';
import { useCourse } from '../course-context.js';
import { inOrder, type InputProps } from './question-input.js';

/** Each source with a list of targets to choose from: the same by mouse, finger, keyboard and screen reader. */
export function MatchingInput({ question, id, order, response, locked, onAnswer }: InputProps<'matching'>) {
  const { words, wordsLanguage } = useCourse();
  const [picked, setPicked] = useState<Record<string, string>>(() =>
    Object.fromEntries((response ?? []) as MatchingResponse),
  );
  const sources = matchingSources(question);
  const pick = (source: string, target: string) => {
    const next = { ...picked, [source]: target };
    setPicked(next);
    const pairs = sources.map((known): [string, string] => [known.id, next[known.id] ?? '']);
    onAnswer(pairs.every(([, chosen]) => chosen !== '') ? pairs : undefined);
  };
  return (
    <div class="matching">
      {sources.map((source) => (
        <div key={source.id} class="matching__pair">
          <label for={`source-${id}-${source.id}`}>{source.text}</label>
          <select
            id={`source-${id}-${source.id}`}
            class="field"
            disabled={locked}
            value={picked[source.id] ?? ''}
            onChange={(event) => pick(source.id, event.currentTarget.value)}
          >
            <option value="" lang={wordsLanguage}>
              {words.question.pick}
            </option>
            {inOrder(matchingTargets(question), order).map((target) => (
              <option key={target.id} value={target.id}>
                {target.text}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}
