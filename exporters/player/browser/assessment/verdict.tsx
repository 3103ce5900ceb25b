import type { AssessmentView } from '../../session/views.js';
import { ScoreDial, formatPercent } from '../components/score-dial.js';
import { useCourse, type Course } from '../course-context.js';

interface VerdictProps {
  view: AssessmentView;
  /** Whether the clock ended the attempt. */
  timeUp: boolean;
}

/** A better attempt before this one, which is the one that counts. */
function betterNote({ last, best }: AssessmentView, { say, words }: Course): string[] {
  const score = best?.score ?? 0;
  return score > (last?.score ?? 0) ? [say(words.assessment.bestScore, formatPercent(score))] : [];
}

/** Whether it can be tried again, as long as that matters. */
function attemptsNote({ best, attemptsLeft }: AssessmentView, { say, words }: Course): string[] {
  if (best?.passed === true || attemptsLeft === undefined) return [];
  return [attemptsLeft === 0 ? words.assessment.noAttemptsLeft : say(words.assessment.attemptsLeft, attemptsLeft)];
}

/** What there is to say about a score, sentence by sentence. */
function notesOn({ view, timeUp }: VerdictProps, course: Course): string[] {
  const { explainedPassed, explainedFailed, timeUp: timeIsUp } = course.words.assessment;
  return [
    course.say(view.last?.passed === true ? explainedPassed : explainedFailed, view.passMark),
    ...(timeUp ? [timeIsUp] : []),
    ...betterNote(view, course),
    ...attemptsNote(view, course),
  ];
}

/** The score against the pass mark, in a picture and in words. */
export function Verdict(props: VerdictProps) {
  const course = useCourse();
  const { words, wordsLanguage } = course;
  const notes = notesOn(props, course);
  const { last, passMark } = props.view;
  if (last?.score === undefined) return <h2 lang={wordsLanguage}>{words.assessment.done}</h2>;
  const { score, passed } = last;
  return (
    <div class="verdict" lang={wordsLanguage}>
      <ScoreDial
        share={score / 100}
        mark={passMark / 100}
        tone={passed ? 'good' : 'poor'}
        label={words.assessment.yourScore}
      />
      <div class="verdict__words">
        <h2>{passed ? words.assessment.passed : words.assessment.failed}</h2>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </div>
  );
}
