/** Statements for tests, and a client of /xapi. */
import { randomUUID } from 'node:crypto';
import type { ServiceUnderTest } from './test-app.js';

export type Json = Record<string, unknown>;

export const XAPI_VERSION = '1.0.3';

/** The least that a statement must have. */
export const minimalStatement = (more: Json = {}): Json => ({
  actor: { mbox: 'mailto:learner@example.com' },
  verb: { id: 'http://example.com/verbs/tried' },
  object: { id: 'http://example.com/activities/one' },
  ...more,
});

export interface XapiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed text; fails when it is not JSON. */
  readonly json: Json;
}

interface XapiRequest {
  readonly query?: Readonly<Record<string, string>> | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `id:secret`; the administrator's unless given, none for null. */
  readonly key?: string | null;
}

/** Sends a request to /xapi. A body that is no text and no bytes is sent as its JSON. */
export async function xapi(
  app: ServiceUnderTest,
  method: string,
  path: string,
  request: XapiRequest = {},
): Promise<XapiAnswer> {
  const { query = '', headers = {}, body, key = app.adminKey } = request;
  const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  const answer = await fetch(`${app.url}/xapi${path}${search && `?${search}`}`, {
    method,
    headers: {
      'x-experience-api-version': XAPI_VERSION,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: bodyOf(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    text,
    get json() {
      return JSON.parse(text) as Json;
    },
  };
}

/** Posts statements that must be taken. @returns their ids */
export async function post(app: ServiceUnderTest, body: unknown, key?: string): Promise<string[]> {
  const answer = await xapi(app, 'POST', '/statements', { body, ...(key === undefined ? {} : { key }) });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return JSON.parse(answer.text) as string[];
}

/** The statements of a list, all of its pages followed. */
export async function list(app: ServiceUnderTest, query: Readonly<Record<string, string>>): Promise<Json[]> {
  const found: Json[] = [];
  let search = new URLSearchParams(query).toString();
  for (;;) {
    const { status, text, json } = await xapi(app, 'GET', '/statements', { query: search });
    if (status !== 200) throw new Error(`${status}: ${text}`);
    found.push(...(json['statements'] as Json[]));
    const more = json['more'] as string;
    if (more === '') return found;
    search = more.slice(more.indexOf('?') + 1);
  }
}

export const idOf = (statement: Json): string => statement['id'] as string;

/** Statements as the player sends them. */
export class PlayerVoice {
  readonly registration = randomUUID();
  private clock = Date.parse('2026-03-01T09:00:00.000Z');

  constructor(
    readonly courseId: string,
    readonly learner: string,
    readonly homePage = 'https://lms.example.com',
  ) {}

  /** A statement about an element of the course, or about the course; each is a second later than the one before. */
  say(verb: string, { element, parent, result }: { element?: string; parent?: string; result?: Json } = {}): Json {
    this.clock += 1_000;
    const course = `urn:lectern:course:${this.courseId}`;
    const activity = (id: string | undefined) => ({
      objectType: 'Activity',
      id: id === undefined ? course : `${course}:element:${id}`,
    });
    return {
      id: randomUUID(),
      actor: {
        objectType: 'Agent',
        name: `Learner ${this.learner}`,
        account: { homePage: this.homePage, name: this.learner },
      },
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: verb } },
      object: activity(element),
      ...(result === undefined ? {} : { result }),
      context: {
        registration: this.registration,
        contextActivities: {
          ...(parent === undefined ? {} : { parent: [activity(parent)] }),
          grouping: [activity(undefined)],
        },
        revision: '2',
        language: 'en',
        extensions: { 'urn:lectern:xapi:seconds-spent': (this.clock - Date.parse('2026-03-01T09:00:00.000Z')) / 1_000 },
      },
      timestamp: new Date(this.clock).toISOString(),
    };
  }
}

/** Ids of a course's elements that the sample session talks about. */
export const ELEMENTS = {
  scenario: '01990000-0000-7000-8000-000000000001',
  decision: '01990000-0000-7000-8000-000000000002',
  choice: '01990000-0000-7000-8000-000000000003',
  ending: '01990000-0000-7000-8000-000000000004',
  trust: '01990000-0000-7000-8000-000000000005',
  assessment: '01990000-0000-7000-8000-000000000006',
  question: '01990000-0000-7000-8000-000000000007',
} as const;

const extension = (entries: Json): Json =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [`urn:lectern:xapi:${name}`, value]));

/** A whole session: a scenario, a question answered wrongly and then rightly, a pass. */
export function sessionOf(voice: PlayerVoice): Json[] {
  const { scenario, decision, choice, ending, trust, assessment, question } = ELEMENTS;
  const answer = (attempt: number, success: boolean) =>
    voice.say('answered', {
      element: question,
      parent: assessment,
      result: {
        response: success ? 'b' : 'a',
        success,
        score: { scaled: success ? 1 : 0 },
        duration: 'PT4.5S',
        extensions: extension({ attempt }),
      },
    });
  const score = { scaled: 0.85, raw: 85, min: 0, max: 100 };
  return [
    voice.say('initialized'),
    voice.say('experienced', { element: scenario }),
    voice.say('responded', {
      element: decision,
      parent: scenario,
      result: {
        response: choice,
        duration: 'PT7.25S',
        extensions: extension({
          run: 1,
          node: decision,
          choice,
          'variables-before': { [trust]: 50 },
          'variables-after': { [trust]: 65 },
          seconds: 7.25,
        }),
      },
    }),
    voice.say('scored', {
      element: scenario,
      result: {
        score: { scaled: 0.9, raw: 90, min: 0, max: 100 },
        extensions: extension({ run: 1, ending, outcome: 'GOOD', variables: { [trust]: 65 } }),
      },
    }),
    voice.say('progressed', { result: { extensions: extension({ progress: 50 }) } }),
    answer(1, false),
    answer(2, true),
    voice.say('scored', {
      element: assessment,
      result: { score, success: true, extensions: extension({ attempt: 2 }) },
    }),
    voice.say('progressed', { result: { extensions: extension({ progress: 100 }) } }),
    voice.say('scored', { result: { score } }),
    voice.say('completed', { result: { completion: true, duration: 'PT11S', score } }),
    voice.say('passed', { result: { success: true, duration: 'PT12S', score } }),
    voice.say('terminated', { result: { duration: 'PT13S', completion: true } }),
  ];
}

function bodyOf(body: unknown): BodyInit {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}
