import { useRef, useState } from 'preact/hooks';
import { RichText } from '../components/rich-text.js';
import type { BlockProps } from './block-props.js';

/** Steps along the tabs by key (ARIA Authoring Practices, Tabs): the arrow keys go with the line of reading. */
function stepOf(key: string, rightToLeft: boolean): 'next' | 'previous' | 'first' | 'last' | undefined {
  if (key === 'Home') return 'first';
  if (key === 'End') return 'last';
  if (key === 'ArrowRight') return rightToLeft ? 'previous' : 'next';
  if (key === 'ArrowLeft') return rightToLeft ? 'next' : 'previous';
  return undefined;
}

/** Passages of which one is shown; the arrow keys choose it. */
export function Tabs({ block: { id: block, tabs } }: BlockProps<'tabs'>) {
  const [shown, show] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key, document.documentElement.dir === 'rtl');
    if (step === undefined) return;
    event.preventDefault();
    const last = tabs.length - 1;
    const next = { first: 0, last, next: shown === last ? 0 : shown + 1, previous: shown === 0 ? last : shown - 1 }[
      step
    ];
    show(next);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div class="tabs">
      <div role="tablist" ref={list} onKeyDown={onKeyDown}>
        {tabs.map(({ id, title }, index) => (
          <button
            key={id}
            id={`tab-${block}-${id}`}
            type="button"
            role="tab"
            aria-selected={index === shown}
            aria-controls={`panel-${block}-${id}`}
            tabIndex={index === shown ? 0 : -1}
            onClick={() => show(index)}
          >
            {title}
          </button>
        ))}
      </div>
      {tabs.map(({ id, body }, index) => (
        <div
          key={id}
          id={`panel-${block}-${id}`}
          role="tabpanel"
          aria-labelledby={`tab-${block}-${id}`}
          tabIndex={0}
          hidden={index !== shown}
        >
          <RichText html={body} />
        </div>
      ))}
    </div>
  );
}
