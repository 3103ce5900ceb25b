import { useEffect, useState } from 'preact/hooks';
import type { AssessmentLesson } from '../../../document/tree.js';
import { useFocusOnChange } from '../components/focus.js';
import { useCourse } from '../course-context.js';
import { Attempt } from './attempt.js';
import { AssessmentIntroduction } from './introduction.js';
import { AssessmentResult } from './result.js';

/** Whether the last attempt of this lesson was ended by its clock. */
function useTimeUp(lesson: string): boolean {
  const { session } = useCourse();
  const [timeUp, setTimeUp] = useState(false);
  useEffect(
    () =>
      session.listen((event) => {
        if (event.kind === 'assessmentFinished' && event.lesson === lesson) setTimeUp(event.timeUp);
      }),
    [],
  );
  return timeUp;
}

/** An assessment: what to expect, one question a screen, and a result that explains itself. */
export function AssessmentView({ lesson }: { lesson: AssessmentLesson }) {
  const { session } = useCourse();
  const timeUp = useTimeUp(lesson.id);
  const view = session.assessment(lesson.id);
  const part = useFocusOnChange<HTMLDivElement>(`${view?.phase}/${view?.attempt}`);
  if (view === undefined) return null;
  return (
    <div tabIndex={-1} ref={part} class="assessment">
      {view.phase === 'introduction' && <AssessmentIntroduction lesson={lesson} view={view} />}
      {view.phase === 'running' && <Attempt key={view.attempt} lesson={lesson} view={view} />}
      {view.phase === 'finished' && <AssessmentResult lesson={lesson} view={view} timeUp={timeUp} />}
    </div>
  );
}
