/** How the learner's progress is being kept, for the status line. */

/**
 * `none`: there is no LMS, nothing is kept. `read-only`: review or browse, nothing is written. `saved`: everything is kept, it
 * is safe to close. `saving`: a change is about to be kept. `failing`: the LMS did not take the last save; it is tried again.
 * `superseded`: the course was opened in another window, which keeps progress from now on; this one no longer does.
 * `closed`: the learner has left by the exit button.
 */
export type TrackingStatus = 'none' | 'read-only' | 'saved' | 'saving' | 'failing' | 'superseded' | 'closed';

export interface Tracking {
  readonly status: TrackingStatus;
  subscribe(listener: () => void): () => void;
  /**
   * Leaves the course: saves, tells the LMS, closes the window where the browser lets it. Where it does not, the status is
   * `closed` and the screen says that the window may be closed.
   */
  exit(): void;
}
