/** SCORM 1.2 RTE 3.3: the object that the LMS provides, and where content looks for it. */

/** Eight functions; every argument is a string, and so should be every return value. */
export interface Scorm12Api {
  LMSInitialize(parameter: ''): unknown;
  LMSFinish(parameter: ''): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(parameter: ''): unknown;
  LMSGetLastError(): unknown;
  LMSGetErrorString(code: string): unknown;
  LMSGetDiagnostic(code: string): unknown;
}

/** What the search reads of a window. */
export interface ApiWindow {
  readonly API?: unknown;
  readonly parent: ApiWindow;
  readonly opener: ApiWindow | null;
}

const MAX_WINDOWS = 500;

const isApi = (value: unknown): value is Scorm12Api =>
  typeof value === 'object' && value !== null && typeof (value as Partial<Scorm12Api>).LMSInitialize === 'function';

/** What `read` gives; undefined where the browser refuses, as it does with windows of another origin. */
function permitted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Whatever an LMS puts in the way here, a window that cannot be read has no API for us, and the search goes on.
    return undefined;
  }
}

/**
 * The API of the nearest window that has one: this window, its parents, then the opener of each with its own parents. Windows of
 * another origin are passed over, not ended at: their parent may be the LMS.
 */
export function findApi(start: ApiWindow): Scorm12Api | undefined {
  const seen = new Set<ApiWindow>();
  const parents: (ApiWindow | null | undefined)[] = [start];
  const openers: (ApiWindow | null | undefined)[] = [];
  while (seen.size < MAX_WINDOWS && parents.length + openers.length > 0) {
    const window = parents.shift() ?? openers.shift();
    if (!window || seen.has(window)) continue;
    seen.add(window);
    const api = permitted(() => window.API);
    if (isApi(api)) return api;
    parents.push(permitted(() => window.parent));
    openers.push(permitted(() => window.opener));
  }
  return undefined;
}
