import type { Ref } from 'preact';
import type { ScenarioLesson } from '../../../document/tree.js';
import type { ScenarioStep, ScenarioView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { useCourse } from '../course-context.js';
import { ChosenExit } from './chosen-exit.js';
import { Decision } from './decision.js';
import { Ending } from './ending.js';
import { Told } from './told.js';

interface StepProps {
  lesson: ScenarioLesson;
  view: ScenarioView;
  step: ScenarioStep;
  current: boolean;
  /** Where the focus goes on, when this is the step that was just left by a choice. */
  landing: Ref<HTMLDivElement>;
}

function WayOn({ lesson, view }: Pick<StepProps, 'lesson' | 'view'>) {
  const { session, words, wordsLanguage } = useCourse();
  if (view.mayAdvance) {
    return (
      <Button look="primary" towards="down" onClick={() => session.advance(lesson.id)}>
        {words.scenario.continue}
      </Button>
    );
  }
  return (
    <>
      <p class="quiet" lang={wordsLanguage}>
        {words.scenario.stuck}
      </p>
      <Button look="primary" icon="turn" onClick={() => session.startScenario(lesson.id)}>
        {words.scenario.again}
      </Button>
    </>
  );
}

/** One node on the learner's way: what happened, and how it was left or how it may be left now. */
export function Step({ lesson, view, step, current, landing }: StepProps) {
  const { node, exit } = step;
  if (node.kind === 'ending') return <Ending lesson={lesson} view={view} node={node} />;
  if (node.kind === 'decision') {
    return (
      <>
        <Decision lesson={lesson} node={node} choices={current ? view.choices : []} />
        {exit?.kind === 'choice' && <ChosenExit lesson={lesson} step={step} choice={exit} landing={landing} />}
        {current && view.choices.length === 0 && <WayOn lesson={lesson} view={view} />}
      </>
    );
  }
  return (
    <>
      <Told node={node} />
      {current && (
        <div class="actions">
          <WayOn lesson={lesson} view={view} />
        </div>
      )}
    </>
  );
}
