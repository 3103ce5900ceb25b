import type { Lesson } from '../../../document/tree.js';
import { Button } from '../components/button.js';
import { useCourse } from '../course-context.js';
import { lessonsOf } from '../course-map.js';

interface LessonFootProps {
  lesson: Lesson;
  onContinue?: () => void;
  /** Secondary where the screen has something that matters more. */
  look?: 'primary' | 'secondary';
}

/** The one way on from the end of a lesson, with the name of what comes next; and the quiet way back. */
export function LessonFoot({ lesson, onContinue, look = 'primary' }: LessonFootProps) {
  const { session, words, wordsLanguage, go } = useCourse();
  const lessons = lessonsOf(session.document);
  const index = lessons.findIndex(({ id }) => id === lesson.id);
  const [previous, next] = [lessons[index - 1], lessons[index + 1]];
  const goOn = () => {
    onContinue?.();
    go(next === undefined ? { kind: 'end' } : { kind: 'lesson', lesson: next.id });
  };
  return (
    <footer class="lesson__foot">
      {next !== undefined && (
        <p class="lesson__next">
          <span class="eyebrow" lang={wordsLanguage}>
            {words.lesson.nextUp}
          </span>
          {next.title}
        </p>
      )}
      <div class="actions">
        <Button look={look} towards="forward" onClick={goOn}>
          {next === undefined ? words.lesson.finish : words.lesson.next}
        </Button>
        {previous !== undefined && (
          <Button look="quiet" icon="back" onClick={() => go({ kind: 'lesson', lesson: previous.id })}>
            {words.lesson.previous}
          </Button>
        )}
      </div>
    </footer>
  );
}
