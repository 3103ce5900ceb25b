import type { Lesson } from '../../../document/tree.js';
import { useCourse } from '../course-context.js';
import { Icon } from '../components/icon.js';

/** The state of a lesson as a small mark; the words for it are for screen readers. */
function LessonMark({ lesson }: { lesson: Lesson }) {
  const { session, words, wordsLanguage } = useCourse();
  const status = session.lessonStatus(lesson.id);
  return (
    <span class={`mark mark--${status}`} lang={wordsLanguage}>
      {status === 'complete' && <Icon name="check" />}
      <span class="visually-hidden">{words.lesson.status[status]}</span>
    </span>
  );
}

/** One lesson in a list of lessons: its state, its title, what is special about it, and the way to it. */
export function LessonLink({ lesson }: { lesson: Lesson }) {
  const { words, wordsLanguage, screen, go } = useCourse();
  const here = screen.kind === 'lesson' && screen.lesson === lesson.id;
  const notes = [
    lesson.kind === 'page' ? [] : words.lesson[lesson.kind],
    lesson.optional === true ? words.lesson.optional : [],
  ];
  return (
    <button
      class="lesson-link"
      type="button"
      aria-current={here ? 'page' : undefined}
      onClick={() => go({ kind: 'lesson', lesson: lesson.id })}
    >
      <LessonMark lesson={lesson} />
      <span class="lesson-link__title">{lesson.title}</span>
      <span class="lesson-link__note" lang={wordsLanguage}>
        {notes.flat().join(' · ')}
      </span>
    </button>
  );
}
