import { useEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';
import type { PageLesson } from '../../../document/tree.js';
import { BlockView } from './block-view.js';
import { useCourse } from '../course-context.js';
import { LessonFoot } from './lesson-foot.js';

/** A block counts as come to once it crosses the upper third of the window, where the eye reads. */
const READING_BAND = '-15% 0px -65% 0px';

const idOf = (element: Element): string | undefined =>
  element instanceof HTMLElement ? element.dataset['block'] : undefined;

/** Tells the session which block the learner has come to. */
function useReadingPosition(page: RefObject<HTMLElement | null>): void {
  const { session } = useCourse();
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => {
        const block = entries
          .filter(({ isIntersecting }) => isIntersecting)
          .map(({ target }) => idOf(target))
          .at(-1);
        if (block !== undefined) session.moveTo(block);
      },
      { rootMargin: READING_BAND },
    );
    page.current?.querySelectorAll('[data-block]').forEach((block) => observer.observe(block));
    return () => observer.disconnect();
  }, []);
}

/** Brings the block at which the learner left off back to the top of the window. */
function useReturnTo(page: RefObject<HTMLElement | null>): void {
  const { screen } = useCourse();
  const block = screen.kind === 'lesson' ? screen.block : undefined;
  useEffect(() => {
    const blocks = [...(page.current?.querySelectorAll('[data-block]') ?? [])];
    const target = blocks.find((element) => idOf(element) === block);
    // The head of the lesson belongs to its first block.
    if (target !== undefined && target !== blocks[0]) target.scrollIntoView({ block: 'start' });
  }, [screen]);
}

/** A lesson to read: its blocks one below another. */
export function PageView({ lesson }: { lesson: PageLesson }) {
  const { session } = useCourse();
  const page = useRef<HTMLDivElement>(null);
  useReturnTo(page);
  useReadingPosition(page);
  return (
    <>
      <div class="blocks" ref={page}>
        {lesson.blocks.map((block) => (
          <div key={block.id} class={`block block--${block.kind}`} data-block={block.id}>
            <BlockView block={block} />
          </div>
        ))}
      </div>
      <LessonFoot lesson={lesson} onContinue={() => session.completeLesson(lesson.id)} />
    </>
  );
}
