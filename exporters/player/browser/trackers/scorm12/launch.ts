/** What the LMS says at launch. */
import type { SessionMode } from '../../../session/session.js';
import { isStatus, type LessonStatus } from './status.js';
import type { Scorm12Runtime } from './runtime.js';

export interface Scorm12Launch {
  mode: SessionMode;
  /** Undefined when the LMS has none yet, or says "not attempted". */
  status: LessonStatus | undefined;
  suspendData: string;
  location: string;
  studentId: string;
  studentName: string;
}

export function readLaunch(runtime: Scorm12Runtime): Scorm12Launch {
  const mode = runtime.get('cmi.core.lesson_mode');
  const status = runtime.get('cmi.core.lesson_status');
  return {
    // LMSs that leave the mode out mean "normal"; some show nothing stored when content takes it for another.
    mode: mode === 'review' || mode === 'browse' ? mode : 'normal',
    status: isStatus(status) ? status : undefined,
    suspendData: runtime.get('cmi.suspend_data'),
    location: runtime.get('cmi.core.lesson_location'),
    studentId: runtime.get('cmi.core.student_id'),
    studentName: runtime.get('cmi.core.student_name'),
  };
}
