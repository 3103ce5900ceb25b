import { useState } from 'preact/hooks';
import type { AssessmentLesson } from '../../../document/tree.js';
import type { AssessmentView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { Meter } from '../components/meter.js';
import { useFocusOnChange } from '../components/focus.js';
import { useCourse } from '../course-context.js';
import { Answering } from '../questions/answering.js';
import { HandIn } from './hand-in.js';
import { Timer } from './timer.js';

interface AttemptProps {
  lesson: AssessmentLesson;
  view: AssessmentView;
}

function AttemptHead({ lesson, view, atEnd }: AttemptProps & { atEnd: boolean }) {
  const { words, say, wordsLanguage } = useCourse();
  const total = view.questions.length;
  const answered = total - view.unanswered.length;
  return (
    <div class="attempt__head">
      <p class="eyebrow" lang={wordsLanguage}>
        {atEnd
          ? say(words.assessment.answered, answered, total)
          : say(words.assessment.position, view.position + 1, total)}
      </p>
      {view.secondsLeft !== undefined && <Timer lesson={lesson.id} />}
      <Meter share={answered / total} />
    </div>
  );
}

/** The question at hand and the ways from it. */
function CurrentQuestion({ lesson, view, onEnd }: AttemptProps & { onEnd: () => void }) {
  const { session, words } = useCourse();
  const { position } = view;
  const current = view.questions[position];
  if (current === undefined) return null;
  const atOnce = lesson.feedback === 'AFTER_EACH_QUESTION';
  const isLast = position === view.questions.length - 1;
  const forward = isLast ? words.assessment.toReview : words.assessment.next;
  const goOn = () => (isLast ? onEnd() : session.goToQuestion(lesson.id, position + 1));
  const back = position > 0 && (
    <Button look="quiet" icon="back" onClick={() => session.goToQuestion(lesson.id, position - 1)}>
      {words.assessment.back}
    </Button>
  );
  return (
    <Answering
      view={current}
      submit={atOnce ? words.question.submit : forward}
      onAnswer={(response) => {
        session.answerQuestion(lesson.id, current.question.id, response);
        if (!atOnce) goOn();
      }}
      {...(atOnce ? {} : { onSkip: goOn })}
      beside={
        <>
          {atOnce && (
            <Button look="quiet" onClick={goOn}>
              {words.assessment.later}
            </Button>
          )}
          {back}
        </>
      }
    >
      <Button look="primary" towards="forward" onClick={goOn}>
        {forward}
      </Button>
      {back}
    </Answering>
  );
}

/** A running attempt: one question a screen, and before handing in, a look at what is still open. */
export function Attempt({ lesson, view }: AttemptProps) {
  const { session } = useCourse();
  const [atEnd, setAtEnd] = useState(false);
  const screen = useFocusOnChange<HTMLDivElement>(atEnd ? 'end' : view.position);
  const show = (position: number) => {
    session.goToQuestion(lesson.id, position);
    setAtEnd(false);
  };
  return (
    <section class="attempt" tabIndex={-1} ref={screen}>
      <AttemptHead lesson={lesson} view={view} atEnd={atEnd} />
      {atEnd ? (
        <HandIn lesson={lesson} view={view} onShow={show} />
      ) : (
        <CurrentQuestion key={view.position} lesson={lesson} view={view} onEnd={() => setAtEnd(true)} />
      )}
    </section>
  );
}
