import { useEffect, useRef } from 'preact/hooks';
import type { RefObject } from 'preact';

/**
 * A ref for an element with tabindex -1 that takes the focus whenever `key` changes, not at first: what replaces the button
 * that was pressed is where a keyboard and a screen reader go on.
 */
export function useFocusOnChange<T extends HTMLElement>(key: unknown): RefObject<T | null> {
  const target = useRef<T>(null);
  const before = useRef(key);
  useEffect(() => {
    if (before.current === key) return;
    before.current = key;
    target.current?.focus({ preventScroll: true });
    target.current?.scrollIntoView({ block: 'start', behavior: motionAllowed() ? 'smooth' : 'auto' });
  }, [key]);
  return target;
}

export const motionAllowed = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;
