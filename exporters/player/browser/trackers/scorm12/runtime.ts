/** Calls to the API of an LMS, with its habits evened out: booleans for "true", exceptions, missing values. */
import type { Scorm12Api } from './api.js';

export interface Scorm12Runtime {
  /** Opens the communication; also true when the LMS had opened it already. */
  initialize(): boolean;
  /** The value of an element; empty when it is not set, or the LMS does not have it. */
  get(element: string): string;
  set(element: string, value: string): boolean;
  commit(): boolean;
  finish(): boolean;
}

const NO_ERROR = '0';

export function scorm12Runtime(api: Scorm12Api): Scorm12Runtime {
  const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
  const lastError = (): string => text(api.LMSGetLastError());

  /** Calls the LMS; what it throws is reported, and counts as a refusal. */
  function call(what: string, work: () => unknown): string {
    try {
      return text(work());
    } catch (error) {
      console.warn(`${what}: the LMS failed`, error);
      return 'false';
    }
  }

  function succeeds(what: string, work: () => unknown): boolean {
    // RTE 3.3.2: "true" or "false" as strings; some LMSs return booleans.
    const done = call(what, work) === 'true';
    if (!done) console.warn(`${what}: refused by the LMS, error ${call(what, lastError)}`);
    return done;
  }

  // Only an open communication reads a status without an error; a page that was loaded again finds it open.
  const isOpen = (): boolean =>
    call('LMSGetValue', () => api.LMSGetValue('cmi.core.lesson_status')) !== 'false' &&
    call('LMSGetLastError', lastError) === NO_ERROR;

  return {
    initialize: () => succeeds('LMSInitialize', () => api.LMSInitialize('')) || isOpen(),
    get(element) {
      try {
        return text(api.LMSGetValue(element));
      } catch (error) {
        console.warn(`LMSGetValue ${element}: the LMS failed`, error);
        return '';
      }
    },
    set: (element, value) => succeeds(`LMSSetValue ${element}`, () => api.LMSSetValue(element, value)),
    commit: () => succeeds('LMSCommit', () => api.LMSCommit('')),
    finish: () => succeeds('LMSFinish', () => api.LMSFinish('')),
  };
}
