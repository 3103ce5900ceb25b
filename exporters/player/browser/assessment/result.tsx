import type { AssessmentLesson } from '../../../document/tree.js';
import type { AssessmentView } from '../../session/views.js';
import { Badge } from '../components/badge.js';
import { Button } from '../components/button.js';
import { useCourse } from '../course-context.js';
import { LessonFoot } from '../views/lesson-foot.js';
import { QuestionReview } from './question-review.js';
import { Verdict } from './verdict.js';

interface ResultProps {
  lesson: AssessmentLesson;
  view: AssessmentView;
  /** Whether the clock ended the attempt. */
  timeUp: boolean;
}

/** How many answers were right, in part, wrong, or missing. */
function Counts({ view }: Pick<ResultProps, 'view'>) {
  const { words, wordsLanguage } = useCourse();
  const tally = (result: string) => view.questions.filter(({ grade }) => grade?.result === result).length;
  const counts = [
    ['good', tally('correct'), words.assessment.counts.correct],
    ['fair', tally('partial'), words.assessment.counts.partial],
    ['poor', tally('incorrect'), words.assessment.counts.incorrect],
    ['plain', view.unanswered.length, words.assessment.counts.unanswered],
  ] as const;
  return (
    <p class="counts" lang={wordsLanguage}>
      {counts
        .filter(([, count]) => count > 0)
        .map(([tone, count, label]) => (
          <Badge key={tone} tone={tone}>{`${count} ${label}`}</Badge>
        ))}
    </p>
  );
}

/** The result that explains itself: verdict, every question with the learner's answer, and the way on. */
export function AssessmentResult({ lesson, view, timeUp }: ResultProps) {
  const { session, words, wordsLanguage } = useCourse();
  const shown = lesson.feedback !== 'NEVER';
  const again = view.mayBegin && view.best?.passed !== true;
  return (
    <div class="result">
      <Verdict view={view} timeUp={timeUp} />
      {view.mayBegin && (
        <Button look={again ? 'primary' : 'secondary'} icon="turn" onClick={() => session.beginAssessment(lesson.id)}>
          {words.assessment.startAgain}
        </Button>
      )}
      {shown ? (
        <section class="review">
          <h2 lang={wordsLanguage}>{words.assessment.reviewQuestions}</h2>
          <Counts view={view} />
          <ol role="list">
            {view.questions.map((question, index) => (
              <QuestionReview key={question.question.id} view={question} position={index + 1} />
            ))}
          </ol>
        </section>
      ) : (
        <p class="quiet" lang={wordsLanguage}>
          {words.assessment.noReview}
        </p>
      )}
      <LessonFoot lesson={lesson} look={again ? 'secondary' : 'primary'} />
    </div>
  );
}
