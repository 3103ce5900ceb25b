import { useCourse } from '../course-context.js';
import { LessonLink } from './lesson-link.js';

/** What is in the course, section by section, and the way to each lesson. */
export function Contents() {
  const { session, words, wordsLanguage } = useCourse();
  return (
    <section class="start__part">
      <h2 lang={wordsLanguage}>{words.course.contents}</h2>
      {session.document.sections.map((section) => (
        <div key={section.id} class="contents">
          <h3>{section.title}</h3>
          <ol role="list">
            {section.lessons.map((lesson) => (
              <li key={lesson.id}>
                <LessonLink lesson={lesson} />
              </li>
            ))}
          </ol>
        </div>
      ))}
    </section>
  );
}
