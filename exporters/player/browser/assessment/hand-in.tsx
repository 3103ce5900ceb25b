import type { AssessmentLesson } from '../../../document/tree.js';
import type { AssessmentView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { Icon } from '../components/icon.js';
import { useCourse } from '../course-context.js';

interface HandInProps {
  lesson: AssessmentLesson;
  view: AssessmentView;
  onShow: (position: number) => void;
}

/** Before handing in: every question, whether it has an answer, and the way back to it. */
export function HandIn({ lesson, view, onShow }: HandInProps) {
  const { session, words, say, wordsLanguage } = useCourse();
  const open = view.unanswered.length;
  return (
    <div class="hand-in" lang={wordsLanguage}>
      <h2>{words.assessment.reviewTitle}</h2>
      <p>{open === 0 ? words.assessment.allAnswered : say(words.assessment.unanswered, open)}</p>
      <ol class="hand-in__list" role="list">
        {view.questions.map(({ question, response }, position) => (
          <li key={question.id}>
            <button
              type="button"
              class={`place${response === undefined ? ' place--open' : ''}`}
              onClick={() => onShow(position)}
            >
              <span class="visually-hidden">{say(words.assessment.toQuestion, position + 1)}</span>
              <span aria-hidden="true">{position + 1}</span>
              {response === undefined ? (
                <span class="visually-hidden">{words.question.noAnswer}</span>
              ) : (
                <Icon name="check" />
              )}
            </button>
          </li>
        ))}
      </ol>
      <div class="actions">
        <Button look="primary" onClick={() => session.submitAssessment(lesson.id)}>
          {words.assessment.handIn}
        </Button>
        <Button look="quiet" icon="back" onClick={() => onShow(view.questions.length - 1)}>
          {words.assessment.back}
        </Button>
      </div>
    </div>
  );
}
