import { useEffect, useRef } from 'preact/hooks';
import { useCourse, type Screen } from '../course-context.js';
import { LessonLink } from './lesson-link.js';

function OutlinePlace({ to, children }: { to: Screen & { kind: 'start' | 'end' }; children: string }) {
  const { screen, go, wordsLanguage } = useCourse();
  return (
    <button
      class="outline__place"
      type="button"
      lang={wordsLanguage}
      aria-current={screen.kind === to.kind ? 'page' : undefined}
      onClick={() => go(to)}
    >
      {children}
    </button>
  );
}

/** Every section and lesson with its state, and the way to each. */
export function Outline() {
  const { session, words, screen } = useCourse();
  const outline = useRef<HTMLElement>(null);
  // In a long outline the place where the learner is must be in sight.
  useEffect(() => outline.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }), [screen]);
  return (
    <nav class="outline" aria-label={words.shell.menu} ref={outline}>
      <OutlinePlace to={{ kind: 'start' }}>{words.shell.toStart}</OutlinePlace>
      {session.document.sections.map((section) => (
        <div key={section.id}>
          <h2 class="outline__section">{section.title}</h2>
          <ol role="list">
            {section.lessons.map((lesson) => (
              <li key={lesson.id}>
                <LessonLink lesson={lesson} />
              </li>
            ))}
          </ol>
        </div>
      ))}
      <OutlinePlace to={{ kind: 'end' }}>{words.shell.toEnd}</OutlinePlace>
    </nav>
  );
}
