/**
 * What happens to a page, from events that still fire: `unload` does not, where an LMS forbids it by Permissions-Policy, and
 * `beforeunload` would ask the learner.
 */
export interface PageEvents {
  shown(): void;
  hidden(): void;
  /** The page goes away. */
  gone(): void;
  /** The page is back from the browser's back-forward cache. */
  restored(): void;
}

export function listenToPage(events: PageEvents): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') events.hidden();
    else events.shown();
  });
  addEventListener('pagehide', () => events.gone());
  addEventListener('pageshow', (event) => {
    if (event.persisted) events.restored();
  });
}
