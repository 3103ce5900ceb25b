import { useEffect, useRef } from 'preact/hooks';
import type { Words } from '../../words/shape.js';

/** After the exit: nothing is left to do, and nothing can be lost. */
export function ClosedView({ words, saved }: { words: Words; saved: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="main">
      <div class="column start">
        <h1 ref={heading} tabIndex={-1}>
          {words.shell.closedTitle}
        </h1>
        <p class="lead">{saved ? words.shell.closedSaved : words.shell.closedUntracked}</p>
      </div>
    </main>
  );
}
