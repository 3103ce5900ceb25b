import type { Choice, ScenarioLesson, ScenarioNode } from '../../../document/tree.js';
import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';

interface DecisionProps {
  lesson: ScenarioLesson;
  node: Extract<ScenarioNode, { kind: 'decision' }>;
  /** The choices that are open now; none once it is decided. */
  choices: readonly Choice[];
}

/** The learner's turn: the question, and a button for each choice. */
export function Decision({ lesson, node, choices }: DecisionProps) {
  const { session, words, wordsLanguage } = useCourse();
  return (
    <section class="decision">
      <h2 class="eyebrow" lang={wordsLanguage}>
        {words.scenario.decision}
      </h2>
      <RichText html={node.prompt} class="decision__prompt" />
      {choices.length > 0 && (
        <ul class="choices" role="list">
          {choices.map(({ id, text }) => (
            <li key={id}>
              <button type="button" class="choice" onClick={() => session.choose(lesson.id, id)}>
                <span>{text}</span>
                <Icon name="forward" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
