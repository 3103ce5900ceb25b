import { Badge, type Tone } from '../components/badge.js';
import { Button } from '../components/button.js';
import { ScoreDial } from '../components/score-dial.js';
import { useCourse } from '../course-context.js';
import { lessonsOf } from '../course-map.js';
import type { CourseResult } from '../../session/views.js';

type Outcome = 'open' | 'complete' | 'passed' | 'failed';

const TONES: Record<Outcome, Tone> = { open: 'plain', complete: 'good', passed: 'good', failed: 'poor' };

function outcomeOf({ complete, success }: CourseResult): Outcome {
  if (success === false) return 'failed';
  if (!complete) return 'open';
  return success === true ? 'passed' : 'complete';
}

/** The required lessons that are still to be completed, and the way to each. */
function StillToDo() {
  const { session, go } = useCourse();
  const open = lessonsOf(session.document).filter(
    ({ id, optional }) => optional !== true && session.lessonStatus(id) !== 'complete',
  );
  return (
    <ul class="todo" role="list">
      {open.map(({ id, title }) => (
        <li key={id}>
          <button type="button" class="row-button" onClick={() => go({ kind: 'lesson', lesson: id })}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The last screen: what came of the course, and what is left. */
export function EndView() {
  const { session, tracking, words, say, wordsLanguage } = useCourse();
  const result = session.result();
  const outcome = outcomeOf(result);
  const { completed, total } = session.progress();
  return (
    <div class="column start end" lang={wordsLanguage}>
      <p class="eyebrow">
        <Badge tone={TONES[outcome]}>{say(words.shell.progress, completed, total)}</Badge>
      </p>
      <h1 class="start__title" tabIndex={-1}>
        {words.end[`${outcome}Title`]}
      </h1>
      <p class="lead">{words.end[`${outcome}Text`]}</p>
      {outcome === 'open' && <StillToDo />}
      {result.score !== undefined && (
        <ScoreDial share={result.score / 100} tone={TONES[outcome]} label={words.end.score} />
      )}
      {outcome !== 'open' && (
        <>
          <p class="quiet">{words.end.browse}</p>
          <div class="actions">
            <Button look="primary" towards="exit" onClick={() => tracking.exit()}>
              {words.shell.exit}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
