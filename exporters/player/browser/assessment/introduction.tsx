import type { AssessmentLesson } from '../../../document/tree.js';
import type { AssessmentView } from '../../session/views.js';
import { Button } from '../components/button.js';
import { Icon, type IconName } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { useDuration } from './duration.js';

function useFacts({ questions, timeLimitSeconds, attempts, passMark }: AssessmentLesson): [IconName, string][] {
  const { words, say } = useCourse();
  const duration = useDuration();
  return [
    ['note', say(words.assessment.questions, questions.length)],
    ['check', say(words.assessment.passMark, passMark)],
    ['turn', attempts === undefined ? words.assessment.attemptsAny : say(words.assessment.attempts, attempts)],
    ...(timeLimitSeconds === undefined
      ? []
      : [['clock', say(words.assessment.time, duration(timeLimitSeconds))] satisfies [IconName, string]]),
  ];
}

/** Before it begins: what is asked, what is needed to pass, how often, how long. */
export function AssessmentIntroduction({ lesson, view }: { lesson: AssessmentLesson; view: AssessmentView }) {
  const { session, words, wordsLanguage } = useCourse();
  const facts = useFacts(lesson);
  return (
    <div class="intro">
      {lesson.introduction !== undefined && <RichText html={lesson.introduction} />}
      <ul class="facts" role="list" lang={wordsLanguage}>
        {facts.map(([icon, text]) => (
          <li key={icon}>
            <Icon name={icon} />
            {text}
          </li>
        ))}
      </ul>
      {lesson.timeLimitSeconds !== undefined && (
        <p class="quiet" lang={wordsLanguage}>
          {words.assessment.timeNote}
        </p>
      )}
      {view.mayBegin && (
        <div class="actions">
          <Button look="primary" towards="forward" onClick={() => session.beginAssessment(lesson.id)}>
            {words.assessment.start}
          </Button>
        </div>
      )}
    </div>
  );
}
