import type { Lesson } from '../../../document/tree.js';
import { AssessmentView } from '../assessment/assessment-view.js';
import { Badge } from '../components/badge.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import { lessonsOf } from '../course-map.js';
import { ScenarioView } from '../scenario/scenario-view.js';
import { PageView } from './page-view.js';

function LessonHead({ lesson }: { lesson: Lesson }) {
  const { session, words, say, wordsLanguage } = useCourse();
  const lessons = lessonsOf(session.document);
  const position = lessons.findIndex(({ id }) => id === lesson.id) + 1;
  return (
    <header class="lesson__head">
      <p class="eyebrow" lang={wordsLanguage}>
        {say(words.lesson.of, position, lessons.length)}
        {lesson.kind !== 'page' && <Badge>{words.lesson[lesson.kind]}</Badge>}
        {lesson.optional === true && <Badge>{words.lesson.optional}</Badge>}
      </p>
      <h1 tabIndex={-1}>{lesson.title}</h1>
      {lesson.summary !== undefined && <RichText html={lesson.summary} class="lead" />}
    </header>
  );
}

function LessonBody({ lesson }: { lesson: Lesson }) {
  switch (lesson.kind) {
    case 'page':
      return <PageView lesson={lesson} />;
    case 'scenario':
      return <ScenarioView lesson={lesson} />;
    case 'assessment':
      return <AssessmentView lesson={lesson} />;
  }
}

/** A lesson of any kind: what it is, then what there is to do. */
export function LessonView({ lesson }: { lesson: Lesson }) {
  return (
    <article class={`column lesson lesson--${lesson.kind}`}>
      <LessonHead lesson={lesson} />
      <LessonBody lesson={lesson} />
    </article>
  );
}
