/** Brings a course to life in its page: finds the LMS, takes up the learner's state, keeps it until the page goes. */
import type { CourseDocument } from '../../document/course-document.js';
import type { LaunchSettings } from '../launch-settings.js';
import { createSession } from '../session/create-session.js';
import type { Session } from '../session/session.js';
import { freshState, type LearnerState } from '../state/learner-state.js';
import { unpackState } from '../state/suspend-data.js';
import { lrsReporter, type LrsReporter } from './trackers/lrs/lrs-reporter.js';
import { announce } from './trackers/other-windows.js';
import { listenToPage } from './trackers/page-events.js';
import { PageTracking, type Tracker } from './trackers/page-tracking.js';
import { findApi } from './trackers/scorm12/api.js';
import { readLaunch, type Scorm12Launch } from './trackers/scorm12/launch.js';
import { locationIn } from './trackers/scorm12/location.js';
import { scorm12Runtime, type Scorm12Runtime } from './trackers/scorm12/runtime.js';
import { Scorm12Tracker } from './trackers/scorm12/tracker.js';
import { stopwatch } from './trackers/stopwatch.js';
import type { Tracking } from './trackers/tracking.js';
import { newUuid } from './trackers/uuid.js';

export interface CourseLaunch {
  session: Session;
  tracking: Tracking;
}

/** Launches the course of this page. Call it once, before the first screen is drawn. */
export function launchCourse(course: CourseDocument, settings: LaunchSettings): CourseLaunch {
  const lms = settings.tracker === 'scorm12' ? connect() : undefined;
  const watch = stopwatch(() => performance.now());
  const clock = { now: () => Date.now(), secondsInLaunch: () => watch.seconds() };
  const mode = lms?.launch.mode ?? 'normal';
  const session = createSession({ document: course, state: stateAt(course, lms?.launch), mode, clock });
  const tracking = new PageTracking(session, closeWindow);
  if (lms !== undefined) {
    tracking.tracker = trackerFor(lms, session, clock.secondsInLaunch, () => tracking.changed());
    tracking.reporter = reporterFor(settings, lms.launch, session);
  }
  resizeWindow(settings);
  session.start();
  session.finishExpiredAttempts();
  listenToPage({
    shown: () => watch.resume(),
    hidden() {
      watch.pause();
      tracking.hidden();
    },
    gone: () => tracking.gone(),
    restored: () => tracking.restored(),
  });
  return { session, tracking };
}

interface Lms {
  runtime: Scorm12Runtime;
  launch: Scorm12Launch;
}

/** The LMS, with its session open; undefined where there is none, or it refuses to begin. */
function connect(): Lms | undefined {
  const api = findApi(window);
  const runtime = api && scorm12Runtime(api);
  return runtime?.initialize() === true ? { runtime, launch: readLaunch(runtime) } : undefined;
}

function stateAt(course: CourseDocument, launch: Scorm12Launch | undefined): LearnerState {
  const kept = launch && unpackState(course, launch.suspendData);
  const state = kept ?? freshState(newUuid());
  const location = state.location ?? (launch && locationIn(launch.location));
  return location === undefined ? state : { ...state, location };
}

function trackerFor({ runtime, launch }: Lms, session: Session, seconds: () => number, onStatus: () => void): Tracker {
  if (session.mode !== 'normal') {
    return { status: 'read-only', flush: () => undefined, finish: once(() => runtime.finish()) };
  }
  const tracker = new Scorm12Tracker({ runtime, session, launch, seconds, onStatus });
  announce(`lectern:${session.document.id}:${launch.studentId}`, () => tracker.supersede());
  return tracker;
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

function reporterFor({ report }: LaunchSettings, launch: Scorm12Launch, session: Session): LrsReporter | undefined {
  // Without an account there is nobody to report on.
  if (report === undefined || session.mode !== 'normal' || launch.studentId === '') return undefined;
  const { endpoint, authorization, actorHomePage } = report;
  return lrsReporter({
    lrs: { endpoint, authorization },
    session,
    actor: {
      objectType: 'Agent',
      ...(launch.studentName === '' ? {} : { name: launch.studentName }),
      account: { homePage: actorHomePage, name: launch.studentId },
    },
    store: localStore(),
  });
}

/** Storage is refused to pages in some frames; then even looking at it throws. */
function localStore(): Storage | undefined {
  try {
    return window.localStorage;
  } catch (error) {
    console.warn('This browser keeps nothing for this page; unsent statements do not outlive it.', error);
    return undefined;
  }
}

/** Gives a window of its own the size that the package asks for; browsers take no notice of others. */
function resizeWindow({ window: size }: LaunchSettings): void {
  if (size !== undefined && window.top === window && window.opener !== null) window.resizeTo(size.width, size.height);
}

/** Closes the window where it is one of its own; browsers take no notice otherwise. */
function closeWindow(): void {
  if (window.top === window) window.close();
}
