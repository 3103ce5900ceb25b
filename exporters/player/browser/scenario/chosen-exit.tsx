import type { Choice, ScenarioLesson } from '../../../document/tree.js';
import type { ScenarioStep } from '../../session/views.js';
import type { Ref } from 'preact';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { PolicyClauses } from './policy-clauses.js';
import { shownChanges } from './variable-changes.js';

/** What the choice changed of the variables that the learner sees. */
function Changes({ lesson, step }: { lesson: ScenarioLesson; step: ScenarioStep }) {
  const { words, say, wordsLanguage } = useCourse();
  const changes = shownChanges(lesson, step);
  if (changes.length === 0) return null;
  return (
    <ul class="changes" role="list" lang={wordsLanguage}>
      {changes.map(({ id, name, change }) => (
        <li key={id}>{say(words.scenario.change, name, change)}</li>
      ))}
    </ul>
  );
}

interface ChosenExitProps {
  lesson: ScenarioLesson;
  step: ScenarioStep;
  choice: Choice;
  /** Where the focus goes on once the choice is made. */
  landing: Ref<HTMLDivElement>;
}

/** The choice that was made, as the learner's own words in the conversation, and what the author says about it. */
export function ChosenExit({ lesson, step, choice, landing }: ChosenExitProps) {
  const { words, wordsLanguage } = useCourse();
  const { text, feedback, policyClauses = [] } = choice;
  return (
    <div class="chosen" tabIndex={-1} ref={landing}>
      <div class="bubble bubble--own">
        <p class="chosen__label" lang={wordsLanguage}>
          {words.scenario.youChose}
        </p>
        <p>{text}</p>
      </div>
      <Changes lesson={lesson} step={step} />
      {feedback !== undefined && <RichText html={feedback} class="chosen__feedback" />}
      <PolicyClauses clauses={policyClauses} />
    </div>
  );
}
