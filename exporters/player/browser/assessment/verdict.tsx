import type { AssessmentView } from '../../session/views.js';
import { ScoreDial, formatPercent } from '../components/score-dial.js';
import { useCourse } from '../course-context.js';

interface VerdictProps {
  view: AssessmentView;
  /** Whether the clock ended the attempt. */
  timeUp: boolean;
}

/** What there is to say about a score, sentence by sentence. */
function useNotes({ view: { last, best, passMark, attemptsLeft }, timeUp }: VerdictProps): string[] {
  const { assessment } = useCourse().words;
  const notes = [assessment.explained(passMark, last?.passed === true)];
  if (timeUp) notes.push(assessment.timeUp);
  if ((best?.score ?? 0) > (last?.score ?? 0)) notes.push(assessment.bestScore(formatPercent(best?.score ?? 0)));
  if (best?.passed === true || attemptsLeft === undefined) return notes;
  return [...notes, attemptsLeft === 0 ? assessment.noAttemptsLeft : assessment.attemptsLeft(attemptsLeft)];
}

/** The score against the pass mark, in a picture and in words. */
export function Verdict(props: VerdictProps) {
  const { words, wordsLanguage } = useCourse();
  const notes = useNotes(props);
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
