import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PageTracking, type Tracker } from '../../exporters/player/browser/trackers/page-tracking.js';
import { readLaunch } from '../../exporters/player/browser/trackers/scorm12/launch.js';
import { scorm12Runtime, type Scorm12Runtime } from '../../exporters/player/browser/trackers/scorm12/runtime.js';
import { Scorm12Tracker } from '../../exporters/player/browser/trackers/scorm12/tracker.js';
import { statementQueue } from '../../exporters/player/browser/trackers/lrs/statement-queue.js';
import type { Statement } from '../../exporters/player/statements/statement.js';
import { createSession, type NewSession } from '../../exporters/player/session/create-session.js';
import { freshState } from '../../exporters/player/state/learner-state.js';
import { packState, unpackState } from '../../exporters/player/state/suspend-data.js';
import { LAUNCH, REGISTRATION } from '../support/courses/play.js';
import { PAGE, SCENARIO, smallCourse } from '../support/courses/small-course.js';
import { StrictScorm12 } from '../support/lms/strict-scorm12.js';

const course = smallCourse();

interface Tracked {
  lms: StrictScorm12;
  session: NewSession;
  tracker: Scorm12Tracker;
  runtime: Scorm12Runtime;
}

/** A session that a tracker keeps in an LMS, begun. */
function track(stored: Record<string, string> = {}, seconds: () => number = () => 61.5): Tracked {
  const lms = new StrictScorm12({ stored, without: [], store: () => undefined });
  const runtime = scorm12Runtime(lms.api);
  runtime.initialize();
  const launch = readLaunch(runtime);
  const clock = { now: () => LAUNCH, secondsInLaunch: seconds };
  const state = unpackState(course, launch.suspendData) ?? freshState(REGISTRATION);
  const session = createSession({ document: course, state, mode: 'normal', clock });
  const tracker = new Scorm12Tracker({
    runtime,
    session,
    launch,
    seconds: clock.secondsInLaunch,
    onStatus: () => undefined,
  });
  session.start();
  return { lms, session, tracker, runtime };
}

describe('the SCORM 1.2 tracker', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('sets nothing twice that has not changed', () => {
    const { lms, session } = track();
    session.completeLesson(PAGE);
    session.startScenario(SCENARIO);
    const sets = lms.calls.filter((call) => /^Set cmi\.core\.(exit|lesson_status|session_time)/.test(call));
    expect(sets).toEqual([
      'Set cmi.core.lesson_status=incomplete',
      'Set cmi.core.exit=suspend',
      'Set cmi.core.session_time=0000:01:01.50',
    ]);
  });

  it('commits once for all that one action brings about', () => {
    const { lms, session } = track();
    const before = lms.calls.length;
    session.completeLesson(PAGE);
    expect(lms.calls.slice(before).filter((call) => call === 'Commit()')).toHaveLength(1);
  });

  it('stands back when another window has written later through the same API', () => {
    const { lms, session, tracker, runtime } = track();
    const later = { ...session.state, epoch: session.state.epoch + 1, completed: [PAGE] };
    runtime.set('cmi.suspend_data', packState(course, later));
    const before = lms.calls.length;
    session.startScenario(SCENARIO);
    expect(tracker.status).toBe('superseded');
    tracker.finish({ dismissed: true });
    expect(lms.calls.slice(before)).toEqual([]);
    expect(unpackState(course, runtime.get('cmi.suspend_data'))).toEqual(later);
  });

  it('does not stand back before what an earlier launch left', () => {
    const { session, lms } = track();
    const stored = { 'cmi.suspend_data': packState(course, session.state) };
    const next = track(stored);
    next.session.completeLesson(PAGE);
    expect(next.tracker.status).toBe('saved');
    expect(next.session.state).toMatchObject({ registration: session.state.registration, epoch: 2, completed: [PAGE] });
    expect(lms.faults).toEqual([]);
  });

  it('takes damaged suspend data for none, and begins anew', () => {
    const { session, lms } = track({ 'cmi.suspend_data': 'not ours', 'cmi.core.lesson_status': 'incomplete' });
    expect(session.state).toMatchObject({ registration: REGISTRATION, epoch: 1, completed: [] });
    expect(lms.faults).toEqual([]);
  });

  it('says that saving fails when the LMS takes the commit, but not the suspend data', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { lms, session, tracker } = track();
    const { LMSSetValue } = lms.api;
    lms.api.LMSSetValue = (element, value) => (element === 'cmi.suspend_data' ? 'false' : LMSSetValue(element, value));
    session.completeLesson(PAGE);
    expect(tracker.status).toBe('failing');
    warn.mockRestore();
  });

  it('saves the time every five minutes while the learner only reads, and nothing while nobody looks', () => {
    let seconds = 10;
    const { lms } = track({}, () => seconds);
    const before = lms.calls.length;
    jest.advanceTimersByTime(5 * 60_000);
    expect(lms.calls.slice(before)).toEqual([]);
    seconds = 310;
    jest.advanceTimersByTime(5 * 60_000);
    expect(lms.calls.slice(before)).toEqual(['Set cmi.core.session_time=0000:05:10.00', 'Commit()']);
  });
});

describe('tracking a page', () => {
  function tracked(): { tracking: PageTracking; done: string[] } {
    const done: string[] = [];
    const clock = { now: () => LAUNCH, secondsInLaunch: () => 0 };
    const session = createSession({ document: course, state: freshState(REGISTRATION), mode: 'normal', clock });
    session.listen(({ kind }) => done.push(kind));
    const tracker: Tracker = {
      status: 'saved',
      flush: () => done.push('flush'),
      finish: ({ dismissed }) => done.push(dismissed ? 'finish without answer' : 'finish'),
    };
    const tracking = new PageTracking(session, () => done.push('close window'));
    tracking.tracker = tracker;
    tracking.reporter = { flush: () => done.push('send statements') };
    return { tracking, done };
  }

  it('the exit button ends everything in its order, and tells the screen', () => {
    const { tracking, done } = tracked();
    const told: string[] = [];
    tracking.subscribe(() => told.push(tracking.status));
    tracking.exit();
    tracking.gone();
    expect(done).toEqual(['terminated', 'finish', 'send statements', 'close window']);
    expect(told).toEqual(['closed']);
  });

  it('a hidden page is only saved: it may come back', () => {
    const { tracking, done } = tracked();
    tracking.hidden();
    expect(done).toEqual(['flush', 'send statements']);
    expect(tracking.status).toBe('saved');
  });

  it('a page that comes back from the back-forward cache says that it is closed, and begins nothing', () => {
    const { tracking, done } = tracked();
    tracking.gone();
    tracking.restored();
    expect(tracking.status).toBe('closed');
    expect(done).toEqual(['terminated', 'finish without answer', 'send statements']);
  });
});

describe('the queue of statements', () => {
  const statement = (id: string) => ({ id }) as Statement;
  const memory = (): Storage => {
    const values = new Map<string, string>();
    return {
      get length() {
        return values.size;
      },
      clear: () => values.clear(),
      key: (place) => [...values.keys()][place] ?? null,
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => void values.set(key, value),
      removeItem: (key) => void values.delete(key),
    };
  };

  it('outlives the page, by registration', () => {
    const store = memory();
    statementQueue(store, 'one').add(statement('a'));
    expect(statementQueue(store, 'one').waiting).toEqual([{ id: 'a' }]);
    expect(statementQueue(store, 'two').waiting).toEqual([]);
    const queue = statementQueue(store, 'one');
    queue.remove([statement('a')]);
    expect(store.length).toBe(0);
  });

  it('goes on in memory where the store is full, damaged or forbidden', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const full = {
      ...memory(),
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    const damaged = { ...memory(), getItem: () => '{' };
    for (const store of [full, damaged, undefined]) {
      const queue = statementQueue(store, 'one');
      queue.add(statement('a'));
      expect(queue.waiting).toEqual([{ id: 'a' }]);
    }
    warn.mockRestore();
  });
});
