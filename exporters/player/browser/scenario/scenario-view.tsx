import { useEffect } from 'preact/hooks';
import type { ScenarioLesson } from '../../../document/tree.js';
import type { ScenarioView as Running } from '../../session/views.js';
import { Button } from '../components/button.js';
import { RichText } from '../components/rich-text.js';
import { useFocusOnChange } from '../components/focus.js';
import { useCourse } from '../course-context.js';
import { LessonFoot } from '../views/lesson-foot.js';
import { Meters } from './meters.js';
import { Step } from './step.js';

/** Before it begins: what it is about. */
function Introduction({ lesson }: { lesson: ScenarioLesson }) {
  const { session, words } = useCourse();
  return (
    <div class="intro">
      {lesson.introduction !== undefined && <RichText html={lesson.introduction} />}
      <div class="actions">
        <Button look="primary" towards="forward" onClick={() => session.startScenario(lesson.id)}>
          {words.scenario.start}
        </Button>
      </div>
    </div>
  );
}

/** After a choice the eye goes on at what comes of it; after a scene, at the next one. */
function landingOf({ steps }: Running): number {
  const last = steps.length - 1;
  return steps[last - 1]?.exit?.kind === 'choice' ? last - 1 : last;
}

/** The steps so far, oldest first. A run that is taken up again is shown from where it was left. */
function Story({ lesson, view }: { lesson: ScenarioLesson; view: Running }) {
  const { words, wordsLanguage } = useCourse();
  const landing = useFocusOnChange<HTMLDivElement>(`${view.run}/${view.steps.length}`);
  const at = landingOf(view);
  useEffect(() => {
    if (at > 0) landing.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <div class="story">
      {view.shortened && (
        <p class="quiet" lang={wordsLanguage}>
          {words.scenario.shortened}
        </p>
      )}
      {view.steps.map((step, index) => {
        const here = index === at ? landing : null;
        const chosen = step.exit?.kind === 'choice';
        return (
          <div key={`${view.run}/${index}`} class="story__step" tabIndex={-1} ref={chosen ? null : here}>
            <Step
              lesson={lesson}
              view={view}
              step={step}
              current={index === view.steps.length - 1}
              landing={chosen ? here : null}
            />
          </div>
        );
      })}
    </div>
  );
}

/** The scenario as a conversation: what has happened stays above, the newest is in sight and has the focus. */
export function ScenarioView({ lesson }: { lesson: ScenarioLesson }) {
  const { session } = useCourse();
  const view = session.scenario(lesson.id);
  if (view === undefined) return null;
  if (view.phase === 'introduction') return <Introduction lesson={lesson} />;
  return (
    <>
      <Meters view={view} />
      <Story lesson={lesson} view={view} />
      {view.phase === 'ended' && <LessonFoot lesson={lesson} />}
    </>
  );
}
