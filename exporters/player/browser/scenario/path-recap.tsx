import type { ScenarioLesson } from '../../../document/tree.js';
import type { ScenarioStep } from '../../session/views.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { shownChanges } from './variable-changes.js';

/** One decision of the way: what was asked, what was chosen, what it changed. */
function Turn({ lesson, step }: { lesson: ScenarioLesson; step: ScenarioStep }) {
  const { words, say } = useCourse();
  const { node, exit } = step;
  if (node.kind !== 'decision' || exit?.kind !== 'choice') return null;
  const changes = shownChanges(lesson, step);
  return (
    <li>
      <RichText html={node.prompt} class="quiet" />
      <p>
        <b>{exit.text}</b>
      </p>
      {changes.length > 0 && (
        <p class="quiet">{changes.map(({ name, change }) => say(words.scenario.change, name, change)).join(' · ')}</p>
      )}
    </li>
  );
}

/** The decisions that led to the ending, to look back on. */
export function PathRecap({ lesson, steps }: { lesson: ScenarioLesson; steps: readonly ScenarioStep[] }) {
  const { words, wordsLanguage } = useCourse();
  const decided = steps.filter(({ exit }) => exit?.kind === 'choice');
  if (decided.length === 0) return null;
  return (
    <div class="path">
      <h3 lang={wordsLanguage}>{words.scenario.path}</h3>
      <ol>
        {decided.map((step, index) => (
          <Turn key={index} lesson={lesson} step={step} />
        ))}
      </ol>
    </div>
  );
}
