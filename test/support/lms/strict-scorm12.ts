/**
 * A SCORM 1.2 run-time (RTE 1.2, 3.3 and 3.4) that refuses everything the standard lets it refuse, and writes down each refusal.
 * Runs in the browser of the tests, in the page that plays the LMS.
 */
export interface Fault {
  call: string;
  code: string;
}

export interface StrictOptions {
  /** What the elements hold at launch. */
  stored: Record<string, string>;
  /** Elements that this LMS does not have, by their beginning: interactions and objectives are optional. */
  without: readonly string[];
  /** Called with everything that was set, at a commit and at the end. */
  store: (elements: Record<string, string>) => void;
}

const IDENTIFIER = /^[\x21-\x7e]{1,255}$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
const TIMESPAN = /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/;
const ANYTHING = /^[\s\S]*$/;
const text = (max: number) => new RegExp(`^[\\s\\S]{0,${max}}$`);
const score = (value: string) => value === '' || (DECIMAL.test(value) && Number(value) >= 0 && Number(value) <= 100);
const STATUS = /^(passed|completed|failed|incomplete|browsed)$/;

/** CMIFeedback by the type of the interaction. */
const RESPONSES: Record<string, RegExp> = {
  'true-false': /^[01tf]$/,
  choice: /^([0-9a-z](,[0-9a-z])*|\{[0-9a-z](,[0-9a-z])*\})$/,
  'fill-in': text(255),
  matching: /^[0-9a-z]\.[0-9a-z](,[0-9a-z]\.[0-9a-z])*$/,
  sequencing: /^[0-9a-z](,[0-9a-z])*$/,
  numeric: DECIMAL,
  likert: /^[0-9a-z]?$/,
};

type Access = 'read' | 'write' | 'both';
type Check = RegExp | ((value: string) => boolean);

const MODEL: readonly [pattern: RegExp, access: Access, check: Check][] = [
  [/^cmi\.core\.(student_id|student_name|credit|entry|total_time|lesson_mode)$/, 'read', ANYTHING],
  [/^cmi\.core\.lesson_location$/, 'both', text(255)],
  [/^cmi\.core\.lesson_status$/, 'both', STATUS],
  [/^cmi\.core\.score\.(raw|min|max)$/, 'both', score],
  [/^cmi\.core\.exit$/, 'write', /^(time-out|suspend|logout|)$/],
  [/^cmi\.core\.session_time$/, 'write', TIMESPAN],
  [/^cmi\.suspend_data$/, 'both', text(4096)],
  [/^cmi\.launch_data$/, 'read', ANYTHING],
  [/^cmi\.objectives\.\d+\.id$/, 'both', IDENTIFIER],
  [/^cmi\.objectives\.\d+\.status$/, 'both', STATUS],
  [/^cmi\.objectives\.\d+\.score\.(raw|min|max)$/, 'both', score],
  [/^cmi\.interactions\.\d+\.(id|objectives\.\d+\.id)$/, 'write', IDENTIFIER],
  [/^cmi\.interactions\.\d+\.time$/, 'write', TIME],
  [/^cmi\.interactions\.\d+\.type$/, 'write', (value) => Object.hasOwn(RESPONSES, value)],
  [/^cmi\.interactions\.\d+\.weighting$/, 'write', (value) => DECIMAL.test(value) && Math.abs(Number(value)) <= 100],
  [
    /^cmi\.interactions\.\d+\.result$/,
    'write',
    (value) => /^(correct|wrong|unanticipated|neutral)$/.test(value) || DECIMAL.test(value),
  ],
  [/^cmi\.interactions\.\d+\.latency$/, 'write', TIMESPAN],
];

const CHILDREN: Record<string, string> = {
  'cmi.core._children':
    'student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time',
  'cmi.core.score._children': 'raw,min,max',
  'cmi.objectives._children': 'id,score,status',
  'cmi.interactions._children': 'id,objectives,time,type,correct_responses,weighting,student_response,result,latency',
};

const passes = (check: Check, value: string) => (typeof check === 'function' ? check(value) : check.test(value));

export class StrictScorm12 {
  /** Every call with its arguments, oldest first. */
  readonly calls: string[] = [];
  readonly faults: Fault[] = [];
  /** Makes commits fail, as an LMS does that has lost its server. */
  failCommits = false;
  private state: 'closed' | 'open' | 'finished' = 'closed';
  private error = '0';
  private readonly values: Map<string, string>;

  constructor(private readonly options: StrictOptions) {
    this.values = new Map(Object.entries(options.stored));
  }

  /** The API as content finds it. */
  readonly api = {
    LMSInitialize: (parameter: unknown) =>
      this.call(`Initialize(${String(parameter)})`, () => this.initialize(parameter)),
    LMSFinish: (parameter: unknown) => this.call(`Finish(${String(parameter)})`, () => this.finish(parameter)),
    LMSCommit: (parameter: unknown) => this.call(`Commit(${String(parameter)})`, () => this.commit(parameter)),
    LMSSetValue: (element: unknown, value: unknown) =>
      this.call(`Set ${String(element)}=${String(value)}`, () => this.set(element, value)),
    LMSGetValue: (element: unknown) => this.getValue(element),
    LMSGetLastError: () => this.error,
    LMSGetErrorString: () => '',
    LMSGetDiagnostic: () => '',
  };

  private call(what: string, work: () => string): 'true' | 'false' {
    this.calls.push(what);
    this.error = work();
    if (this.error !== '0') this.faults.push({ call: what, code: this.error });
    return this.error === '0' ? 'true' : 'false';
  }

  private initialize(parameter: unknown): string {
    if (parameter !== '') return '201';
    if (this.state !== 'closed') return '101';
    this.state = 'open';
    return '0';
  }

  private finish(parameter: unknown): string {
    if (parameter !== '') return '201';
    if (this.state !== 'open') return '301';
    this.state = 'finished';
    this.options.store(Object.fromEntries(this.values));
    return '0';
  }

  private commit(parameter: unknown): string {
    if (parameter !== '') return '201';
    if (this.state !== 'open') return '301';
    if (this.failCommits) return '101';
    this.options.store(Object.fromEntries(this.values));
    return '0';
  }

  private getValue(element: unknown): string {
    const { code, value } = this.get(element);
    this.error = code;
    // What content only asks about, such as elements that an LMS may lack, is no fault.
    if (code !== '0' && code !== '401') this.faults.push({ call: `Get ${String(element)}`, code });
    return value;
  }

  private get(element: unknown): { code: string; value: string } {
    if (typeof element !== 'string') return { code: '201', value: '' };
    if (this.state !== 'open') return { code: '301', value: '' };
    if (this.options.without.some((start) => element.startsWith(start))) return { code: '401', value: '' };
    const children = CHILDREN[element];
    if (children !== undefined) return { code: '0', value: children };
    if (element.endsWith('._count'))
      return { code: '0', value: String(this.count(element.slice(0, -'_count'.length))) };
    const entry = this.entryOf(element);
    if (entry === undefined) return { code: '401', value: '' };
    if (entry[1] === 'write') return { code: '404', value: '' };
    return { code: '0', value: this.values.get(element) ?? '' };
  }

  private set(element: unknown, value: unknown): string {
    if (typeof element !== 'string' || typeof value !== 'string') return '201';
    if (this.state !== 'open') return '301';
    if (this.options.without.some((start) => element.startsWith(start))) return '401';
    if (/\._(children|count)$/.test(element)) return '402';
    const entry = this.entryOf(element);
    if (entry === undefined) return '401';
    if (entry[1] === 'read') return '403';
    if (this.leavesGap(element)) return '201';
    if (!passes(entry[2], value)) return '405';
    this.values.set(element, value);
    return '0';
  }

  private entryOf(element: string): (typeof MODEL)[number] | undefined {
    const response = /^(cmi\.interactions\.\d+)\.(student_response|correct_responses\.\d+\.pattern)$/.exec(element);
    if (response === null) return MODEL.find(([pattern]) => pattern.test(element));
    const type = this.values.get(`${response[1]}.type`) ?? '';
    return [ANYTHING, 'write', (value) => value.length <= 255 && RESPONSES[type]?.test(value) === true];
  }

  /** How many entries a list has; each begins with its id or its pattern. */
  private count(prefix: string): number {
    let count = 0;
    while (this.values.has(`${prefix}${count}.id`) || this.values.has(`${prefix}${count}.pattern`)) count += 1;
    return count;
  }

  /** Entries come one after another, and begin with their id. */
  private leavesGap(element: string): boolean {
    const lists = [...element.matchAll(/\.(\d+)\./g)];
    return lists.some((list) => {
      const prefix = element.slice(0, (list.index ?? 0) + 1);
      const place = Number(list[1]);
      const field = element.slice((list.index ?? 0) + list[0].length);
      const begins = field === 'id' || field === 'pattern';
      return place > this.count(prefix) || (place === this.count(prefix) && !begins);
    });
  }
}
