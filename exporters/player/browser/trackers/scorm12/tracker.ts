/** Keeps a session in the data model of SCORM 1.2 (RTE 3.4). */
import { indexCourse, type CourseIndex } from '../../../state/course-index.js';
import { launchIn, packState } from '../../../state/suspend-data.js';
import type { SessionEvent, SessionEventKind } from '../../../session/events.js';
import { objectiveResults } from '../../../session/objectives.js';
import type { Session } from '../../../session/session.js';
import { savePolicy, type SavePolicy, type SaveStatus } from '../save-policy.js';
import { entryFields } from './entry.js';
import { interactionJournal, type InteractionJournal } from './journal.js';
import type { Scorm12Launch } from './launch.js';
import { locationText } from './location.js';
import { objectiveRecord, type ObjectiveRecord } from './objectives.js';
import type { Scorm12Runtime } from './runtime.js';
import { betterStatus, statusOf, type LessonStatus } from './status.js';
import { timespan } from './time.js';

/** What may wait a second, since another change or the end follows soon; everything else is saved at once. */
const CAN_WAIT: ReadonlySet<SessionEventKind> = new Set([
  'moved',
  'lessonOpened',
  'ticked',
  'scenarioAdvanced',
  'questionShown',
  'checkReopened',
  'terminated',
]);

export interface Scorm12TrackerInput {
  runtime: Scorm12Runtime;
  session: Session;
  launch: Scorm12Launch;
  /** Seconds spent in this launch. */
  seconds: () => number;
  onStatus: () => void;
}

/** Makes its first writes when the session tells of its beginning. Only for mode normal: in the others nothing is written. */
export class Scorm12Tracker {
  private readonly index: CourseIndex;
  private readonly policy: SavePolicy;
  private readonly journal: InteractionJournal | undefined;
  private readonly objectives: ObjectiveRecord | undefined;
  private readonly written = new Map<string, string>();
  private lessonStatus: LessonStatus | undefined;
  private uncommitted = false;
  private urgent = false;
  private isSuperseded = false;
  private isFinished = false;

  constructor(private readonly input: Scorm12TrackerInput) {
    const { runtime, session, launch, onStatus } = input;
    this.index = indexCourse(session.document);
    this.lessonStatus = launch.status;
    this.journal = interactionJournal(runtime);
    this.objectives = objectiveRecord(
      runtime,
      session.document.objectives.map(({ id }) => id),
    );
    this.policy = savePolicy(() => this.save(), onStatus);
    session.listen((event) => this.note(event));
    session.subscribe(() => {
      if (!this.isFinished) this.policy.changed(this.urgent);
      this.urgent = false;
    });
  }

  get status(): SaveStatus | 'superseded' {
    return this.isSuperseded ? 'superseded' : this.policy.status;
  }

  /** Saves what is not saved yet. */
  flush(): void {
    if (!this.isFinished) this.policy.flush();
  }

  /** Another window has the course: this one writes no more, so that it cannot undo what the other saves. */
  supersede(): void {
    this.isSuperseded = true;
    this.isFinished = true;
    this.policy.stop();
    this.input.onStatus();
  }

  /**
   * Ends the communication, once. While the page is dismissed browsers refuse the LMS its synchronous requests: a commit could
   * only fail, and LMSFinish stores what was set.
   */
  finish({ dismissed }: { dismissed: boolean }): void {
    if (this.isFinished) return;
    this.isFinished = true;
    this.policy.stop();
    this.write();
    if (!dismissed) this.input.runtime.commit();
    this.input.runtime.finish();
  }

  private note(event: SessionEvent): void {
    if (this.isFinished) return;
    if (!CAN_WAIT.has(event.kind)) this.urgent = true;
    this.journal?.write(entryFields(this.index, event));
    if ((event.kind === 'assessmentFinished' && event.best) || event.kind === 'courseCompleted') {
      this.objectives?.write(objectiveResults(this.index, this.input.session.state));
    }
  }

  private save(): boolean {
    const { runtime, session } = this.input;
    const stored = launchIn(runtime.get('cmi.suspend_data'));
    const { registration, epoch } = session.state;
    if (stored !== undefined && (stored.registration !== registration || stored.epoch > epoch)) {
      this.supersede();
      return true;
    }
    const kept = this.write();
    if (this.uncommitted && runtime.commit()) this.uncommitted = false;
    return kept && !this.uncommitted;
  }

  /** Sets what has changed. False when the LMS refuses what nothing else can stand in for: status and suspend data. */
  private write(): boolean {
    const { session, seconds } = this.input;
    const result = session.result();
    const { score } = result;
    this.lessonStatus = betterStatus(this.lessonStatus, statusOf(result));
    if (score !== undefined) {
      // Score before status: some LMSs take the grade over when the status comes. D2L takes no raw score without its bounds.
      this.set('cmi.core.score.raw', String(score));
      this.set('cmi.core.score.min', '0');
      this.set('cmi.core.score.max', '100');
    }
    const isStatusKept = this.set('cmi.core.lesson_status', this.lessonStatus);
    this.set('cmi.core.exit', result.complete ? '' : 'suspend');
    this.set('cmi.core.session_time', timespan(seconds()));
    this.set('cmi.core.lesson_location', locationText(session.state.location));
    return this.set('cmi.suspend_data', packState(session.document, session.state)) && isStatusKept;
  }

  private set(element: string, value: string): boolean {
    if (this.written.get(element) === value) return true;
    const done = this.input.runtime.set(element, value);
    if (done) {
      this.written.set(element, value);
      this.uncommitted = true;
    }
    return done;
  }
}
