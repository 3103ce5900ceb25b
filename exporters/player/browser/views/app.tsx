import { useCallback, useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { Session } from '../../session/session.js';
import { sayIn } from '../../words/say.js';
import type { Words } from '../../words/shape.js';
import { CourseContext, type Course, type Screen } from '../course-context.js';
import { lessonOf } from '../course-map.js';
import type { Tracking } from '../trackers/tracking.js';
import { Bar } from './bar.js';
import { ClosedView } from './closed-view.js';
import { EndView } from './end-view.js';
import { LessonView } from './lesson-view.js';
import { Rail } from './rail.js';
import { StartView } from './start-view.js';
import { StatusBanner } from './status.js';

export interface AppProps {
  session: Session;
  tracking: Tracking;
  words: Words;
  /** BCP 47 tag of the language of the player's words. */
  language: string;
  wordsLanguage: string | undefined;
}

/** Every change of the learner's state, and of how it is kept, draws the screen anew. */
function useChanges(...sources: { subscribe: (listener: () => void) => () => void }[]): void {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const stops = sources.map((source) => source.subscribe(() => redraw(undefined)));
    return () => stops.forEach((stop) => stop());
  }, []);
}

function firstScreen(session: Session): Screen {
  const location = session.resumeAt();
  return location === undefined ? { kind: 'start' } : { kind: 'lesson', ...location };
}

/** On a new screen the focus is on its heading, and the screen is read from its top; not so at launch. */
function useHeadingFocus(screen: Screen): void {
  const shown = useRef(screen);
  useLayoutEffect(() => {
    if (shown.current === screen) return;
    shown.current = screen;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [screen]);
}

/** A link of the course opens beside the course: inside its frame it would put an end to it. */
function openLinkOutside(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.prose a[href]') : null;
  if (link === null || link.getAttribute('href')?.startsWith('#') === true) return;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
}

function CurrentScreen({ course: { screen, session } }: { course: Course }) {
  if (screen.kind === 'end') return <EndView />;
  const lesson = screen.kind === 'lesson' ? lessonOf(session.document, screen.lesson) : undefined;
  return lesson === undefined ? <StartView /> : <LessonView key={lesson.id} lesson={lesson} />;
}

/** Whether progress was being kept when the course was left. */
function useKeptAtLast({ status }: Tracking): boolean {
  const last = useRef(status);
  if (status !== 'closed') last.current = status;
  return last.current === 'saved' || last.current === 'saving';
}

/** The whole player: bar, outline, one screen at a time. */
export function App(props: AppProps) {
  const { session, tracking, words, language } = props;
  useChanges(session, tracking);
  const [screen, show] = useState(() => firstScreen(session));
  const [message, announce] = useState('');
  const go = useCallback((next: Screen) => {
    if (next.kind === 'lesson') session.openLesson(next.lesson);
    show(next);
  }, []);
  useEffect(() => {
    if (screen.kind === 'lesson') session.openLesson(screen.lesson);
  }, []);
  useHeadingFocus(screen);
  const say = useMemo(() => sayIn(language), []);
  const course: Course = { ...props, say, screen, go, announce };
  const kept = useKeptAtLast(tracking);
  if (tracking.status === 'closed') return <ClosedView words={words} saved={kept} />;
  return (
    <CourseContext.Provider value={course}>
      <a class="skip button button--primary" href="#content">
        {words.shell.skip}
      </a>
      <Bar />
      <StatusBanner />
      <div class="shell" onClickCapture={openLinkOutside}>
        {screen.kind !== 'start' && <Rail />}
        <main id="content" class="main" tabIndex={-1}>
          <CurrentScreen course={course} />
        </main>
      </div>
      <p class="visually-hidden" role="status">
        {message}
      </p>
    </CourseContext.Provider>
  );
}
