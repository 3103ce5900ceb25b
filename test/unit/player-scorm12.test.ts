import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import type { Question, QuestionResponse } from '../../exporters/document/index.js';
import { interactionOf } from '../../exporters/document/questions/rules.js';
import { savePolicy } from '../../exporters/player/browser/trackers/save-policy.js';
import { findApi, type ApiWindow } from '../../exporters/player/browser/trackers/scorm12/api.js';
import { scorm12Answer } from '../../exporters/player/browser/trackers/scorm12/answer.js';
import { entryFields, type Field } from '../../exporters/player/browser/trackers/scorm12/entry.js';
import { interactionJournal } from '../../exporters/player/browser/trackers/scorm12/journal.js';
import { locationIn, locationText } from '../../exporters/player/browser/trackers/scorm12/location.js';
import { scorm12Runtime } from '../../exporters/player/browser/trackers/scorm12/runtime.js';
import { betterStatus, statusOf } from '../../exporters/player/browser/trackers/scorm12/status.js';
import { timeOfDay, timespan } from '../../exporters/player/browser/trackers/scorm12/time.js';
import { stopwatch } from '../../exporters/player/browser/trackers/stopwatch.js';
import { newUuid } from '../../exporters/player/browser/trackers/uuid.js';
import { indexCourse } from '../../exporters/player/state/course-index.js';
import { play } from '../support/courses/play.js';
import { diceOf, randomAction, randomCourse } from '../support/courses/random-course.js';
import { id, likert, multipleChoice, singleChoice } from '../support/courses/small-course.js';
import { StrictScorm12 } from '../support/lms/strict-scorm12.js';

const strict = (stored: Record<string, string> = {}) => {
  const lms = new StrictScorm12({ stored, without: [], store: () => undefined });
  const runtime = scorm12Runtime(lms.api);
  runtime.initialize();
  return { lms, runtime };
};

describe('CMITimespan', () => {
  it.each([
    [0, '0000:00:00.00'],
    [5, '0000:00:05.00'],
    [3_661.239, '0001:01:01.24'],
    [59.999, '0000:01:00.00'],
    [40_000_000, '9999:00:00.00'],
  ])('%d seconds are %s', (seconds, text) => expect(timespan(seconds)).toBe(text));

  it('has its form for any number of seconds', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e9, noNaN: true }), (seconds) => {
        expect(timespan(seconds)).toMatch(/^\d{4}:[0-5]\d:[0-5]\d\.\d\d$/);
      }),
    );
  });

  it('and CMITime is the time of day where the learner is', () => {
    expect(timeOfDay(new Date(2024, 0, 2, 3, 4, 5).getTime())).toBe('03:04:05');
  });
});

describe('an answer in SCORM 1.2', () => {
  const answer = (question: Question, response: QuestionResponse) => scorm12Answer(interactionOf(question, response));
  const ordering: Question = {
    kind: 'ordering',
    id: id(41),
    prompt: 'Order',
    scoring: 'ALL_OR_NOTHING',
    items: [
      { id: 'x', text: '1' },
      { id: 'y', text: '2' },
    ],
  };
  const matching: Question = {
    kind: 'matching',
    id: id(42),
    prompt: 'Match',
    scoring: 'PER_PAIR',
    pairs: [
      { id: 'p', source: 'S', target: 'T' },
      { id: 'q', source: 'U', target: 'V' },
    ],
    distractors: [{ id: 'd', text: 'W' }],
  };
  const numeric = (minimum: number, maximum: number): Question => ({
    kind: 'numeric',
    id: id(43),
    prompt: 'N',
    minimum,
    maximum,
  });
  const fillIn: Question = {
    kind: 'fill-in',
    id: id(44),
    prompt: 'F',
    answers: [
      { id: 'a', text: 'two  words' },
      { id: 'b', text: 'half', credit: 0.5 },
    ],
  };

  it.each<[string, Question, QuestionResponse, string, string, readonly string[]]>([
    ['single choice', singleChoice, 'b', 'choice', 'b', ['a']],
    ['multiple choice', multipleChoice, ['c', 'a'], 'choice', 'c,a', ['{a,b}']],
    ['Likert', likert, 'yes', 'likert', '2', []],
    ['ordering', ordering, ['y', 'x'], 'sequencing', 'b,a', ['a,b']],
    [
      'matching',
      matching,
      [
        ['p', 'q'],
        ['q', 'x_d'],
      ],
      'matching',
      '1.b,2.c',
      ['1.a,2.b'],
    ],
    ['an exact number', numeric(7, 7), 1e-7, 'numeric', '0', ['7']],
    ['a range of numbers', numeric(1, 2), 1.5, 'numeric', '1.5', []],
    ['fill-in', fillIn, ' TWO words ', 'fill-in', 'TWO words', ['two words']],
    ['true or false', { kind: 'true-false', id: id(45), prompt: 'T', answer: true }, false, 'true-false', 'f', ['t']],
  ])('%s has its own form', (_kind, question, response, type, text, patterns) => {
    expect(answer(question, response)).toEqual({ type, response: text, patterns });
  });
});

describe('entries of cmi.interactions', () => {
  it('are taken by a strict run-time, whatever the course and whatever the learner did', () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    fc.assert(
      fc.property(randomCourse, fc.integer(), (document, seed) => {
        const { lms, runtime } = strict();
        const journal = interactionJournal(runtime);
        const index = indexCourse(document);
        const { session, wait } = play(document);
        session.listen((event) => journal?.write(entryFields(index, event)));
        const dice = diceOf(seed);
        for (let action = 0; action < 80; action += 1) {
          wait(dice() * 500);
          randomAction(dice, session);
        }
        expect(lms.faults).toEqual([]);
      }),
      { numRuns: 40 },
    );
    warn.mockRestore();
  });

  it('hold no half of a surrogate pair, typed or cut', () => {
    const half = {
      type: 'fill-in',
      response: 'so \ud83d',
      correct: [`${'a'.repeat(254)}\u{1f600}`],
      caseSensitive: false,
    } as const;
    expect(scorm12Answer(half)).toEqual({ type: 'fill-in', response: 'so ', patterns: ['a'.repeat(254)] });
  });

  it('go on after those of earlier launches', () => {
    const { lms, runtime } = strict({ 'cmi.interactions.0.id': 'one', 'cmi.interactions.1.id': 'two' });
    interactionJournal(runtime)?.write([
      ['id', 'three'],
      ['type', 'choice'],
    ]);
    expect(lms.calls.slice(1)).toEqual(['Set cmi.interactions.2.id=three', 'Set cmi.interactions.2.type=choice']);
  });

  it('end before everything together outgrows what a browser sends from a page that goes away', () => {
    const { lms, runtime } = strict();
    const journal = interactionJournal(runtime);
    const fields: Field[] = [
      ['id', 'x'.repeat(250)],
      ['type', 'fill-in'],
      ['student_response', 'ö'.repeat(100)],
    ];
    for (let entry = 0; entry < 500; entry += 1) journal?.write(fields);
    const bytes = lms.calls.reduce((sum, call) => sum + encodeURIComponent(call).length, 0);
    expect(bytes).toBeLessThan(56_000);
    expect(bytes).toBeGreaterThan(40_000);
  });
});

describe('the status of the lesson', () => {
  it.each([
    [{ complete: false }, 'incomplete'],
    [{ complete: false, success: true, score: 90 }, 'incomplete'],
    [{ complete: true }, 'completed'],
    [{ complete: true, success: true }, 'passed'],
    [{ complete: true, success: false }, 'failed'],
  ] as const)('of %j is %s', (result, status) => expect(statusOf(result)).toBe(status));

  it.each([
    [undefined, 'incomplete', 'incomplete'],
    ['browsed', 'incomplete', 'incomplete'],
    ['incomplete', 'failed', 'failed'],
    ['failed', 'incomplete', 'failed'],
    ['failed', 'passed', 'passed'],
    ['failed', 'completed', 'failed'],
    ['completed', 'incomplete', 'completed'],
    ['completed', 'failed', 'completed'],
    ['completed', 'passed', 'passed'],
    ['passed', 'failed', 'passed'],
    ['passed', 'incomplete', 'passed'],
  ] as const)('is never made worse: %s, then %s, is %s', (current, next, status) => {
    expect(betterStatus(current, next)).toBe(status);
  });
});

describe('an LMS with habits of its own', () => {
  const quiet = () => jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  const api = (answers: Partial<Record<'LMSInitialize' | 'LMSCommit' | 'LMSGetValue', () => unknown>>) => ({
    LMSInitialize: () => true,
    LMSFinish: () => 'true',
    LMSGetValue: () => null,
    LMSSetValue: () => true,
    LMSCommit: () => 'true',
    LMSGetLastError: () => 0,
    LMSGetErrorString: () => '',
    LMSGetDiagnostic: () => '',
    ...answers,
  });

  it('may answer with booleans, numbers and nothing', () => {
    const runtime = scorm12Runtime(api({}));
    expect(runtime.initialize()).toBe(true);
    expect(runtime.get('cmi.suspend_data')).toBe('');
    expect(scorm12Runtime(api({ LMSGetValue: () => 12 })).get('x')).toBe('12');
  });

  it('may throw: that is a refusal, not the end of the course', () => {
    const warn = quiet();
    const fail = () => {
      throw new Error('the frame is gone');
    };
    const runtime = scorm12Runtime(api({ LMSCommit: fail, LMSGetValue: fail }));
    expect(runtime.commit()).toBe(false);
    expect(runtime.get('cmi.core.lesson_status')).toBe('');
    expect(warn).toHaveBeenCalled();
    warn.mockRestore();
  });

  it('may have been initialized already, by the same page before it was loaded again', () => {
    const warn = quiet();
    expect(scorm12Runtime(api({ LMSInitialize: () => 'false', LMSGetValue: () => 'incomplete' })).initialize()).toBe(
      true,
    );
    const { lms } = strict();
    expect(scorm12Runtime(lms.api).initialize()).toBe(true);
    const closed = new StrictScorm12({ stored: {}, without: [], store: () => undefined });
    const refusing = { ...closed.api, LMSInitialize: () => 'false' };
    expect(scorm12Runtime(refusing).initialize()).toBe(false);
    warn.mockRestore();
  });
});

describe('the search for the API', () => {
  it('ends where windows go round in circles', () => {
    const one: { parent: ApiWindow; opener: ApiWindow | null } = {
      parent: undefined as unknown as ApiWindow,
      opener: null,
    };
    const two: ApiWindow = { parent: one, opener: one };
    one.parent = two;
    expect(findApi(one)).toBeUndefined();
  });

  it('does not take anything called API for one', () => {
    const window: { parent: ApiWindow; opener: null; API: unknown } = {
      parent: undefined as unknown as ApiWindow,
      opener: null,
      API: { version: 1 },
    };
    window.parent = window;
    expect(findApi(window)).toBeUndefined();
  });
});

describe('the policy of saving', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('saves at once, or within a second of the first change', () => {
    const save = jest.fn(() => true);
    const policy = savePolicy(save, () => undefined);
    policy.changed(true);
    expect(save).toHaveBeenCalledTimes(1);
    policy.changed(false);
    jest.advanceTimersByTime(600);
    policy.changed(false);
    expect(policy.status).toBe('saving');
    jest.advanceTimersByTime(400);
    expect(save).toHaveBeenCalledTimes(2);
    expect(policy.status).toBe('saved');
    policy.flush();
    expect(save).toHaveBeenCalledTimes(2);
    policy.stop();
  });

  it('tries again after 2, 4, 8 ... seconds, at most a minute, until it works', () => {
    let works = false;
    const statuses: string[] = [];
    const save = jest.fn(() => works);
    const policy = savePolicy(save, () => statuses.push(policy.status));
    policy.changed(true);
    for (const seconds of [2, 4, 8, 16, 32, 60, 60]) {
      const before = save.mock.calls.length;
      jest.advanceTimersByTime(seconds * 1000 - 1);
      expect(save).toHaveBeenCalledTimes(before);
      jest.advanceTimersByTime(1);
      expect(save).toHaveBeenCalledTimes(before + 1);
    }
    works = true;
    jest.advanceTimersByTime(60_000);
    expect(statuses).toEqual(['failing', 'saved']);
    policy.stop();
  });

  it('saves every five minutes, and no more after it is stopped', () => {
    const save = jest.fn(() => true);
    const policy = savePolicy(save, () => undefined);
    jest.advanceTimersByTime(10 * 60_000);
    expect(save).toHaveBeenCalledTimes(2);
    policy.changed(false);
    policy.stop();
    jest.advanceTimersByTime(10 * 60_000);
    expect(save).toHaveBeenCalledTimes(2);
  });
});

describe('small things', () => {
  it('the stopwatch stands still while the page is hidden', () => {
    let now = 0;
    const watch = stopwatch(() => now);
    now = 4_000;
    watch.pause();
    watch.pause();
    now = 9_000;
    watch.resume();
    watch.resume();
    now = 10_500;
    expect(watch.seconds()).toBe(5.5);
  });

  it('UUIDs are of version 4, and differ', () => {
    const made = Array.from({ length: 200 }, newUuid);
    for (const uuid of made) expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(new Set(made).size).toBe(200);
  });

  it('the location is read as it was written', () => {
    for (const location of [undefined, { lesson: id(1) }, { lesson: id(1), block: id(2) }]) {
      expect(locationIn(locationText(location))).toEqual(location);
    }
  });
});
