import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  acceptsResponse,
  feedbackOn,
  gradeResponse,
  interactionOf,
  isScored,
  maxPackedLength,
  packResponse,
  questionContent,
  unpackResponse,
  type QuestionContent,
  type QuestionKind,
  type QuestionOf,
  type QuestionResponse,
} from '../../exporters/document/index.js';

const question = <K extends QuestionKind>(fields: Omit<QuestionOf<K>, 'prompt'>): QuestionOf<K> =>
  questionContent.parse({ prompt: 'Well?', ...fields }) as QuestionOf<K>;

const option = (id: string, correct: boolean, more: { credit?: number; feedback?: string } = {}) => ({
  id,
  text: id,
  correct,
  ...more,
});

const single = question<'single-choice'>({
  kind: 'single-choice',
  options: [
    option('best', true, { feedback: 'Yes.' }),
    option('fair', true, { credit: 0.5, feedback: 'It will do.' }),
    option('wrong', false, { feedback: 'No.' }),
    option('harmful', false, { credit: -1 }),
  ],
  feedback: { correct: 'Right.', partial: 'Nearly.', incorrect: 'Think again.' },
});

const multiple = (scoring: 'PER_OPTION' | 'ALL_OR_NOTHING') =>
  question<'multiple-choice'>({
    kind: 'multiple-choice',
    scoring,
    options: [option('a', true), option('b', true), option('c', true), option('d', false), option('e', false)],
  });

const matching = (scoring: 'PER_PAIR' | 'ALL_OR_NOTHING') =>
  question<'matching'>({
    kind: 'matching',
    scoring,
    pairs: [
      { id: 'a', source: 'Pay', target: 'A right' },
      { id: 'b', source: 'Address', target: 'A breach' },
      { id: 'c', source: 'New colours', target: 'A breach' },
    ],
    distractors: [{ id: 'a', text: 'A duty' }],
  });

const ordering = (scoring: 'PER_POSITION' | 'ALL_OR_NOTHING') =>
  question<'ordering'>({ kind: 'ordering', scoring, items: ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id })) });

const fillIn = question<'fill-in'>({
  kind: 'fill-in',
  answers: [
    { id: 'a', text: 'work at' },
    { id: 'b', text: 'am with', credit: 0.5 },
    { id: 'c', text: 'Straße' },
  ],
});

const numeric = question<'numeric'>({ kind: 'numeric', minimum: 14.5, maximum: 15 });

const trueFalse = question<'true-false'>({
  kind: 'true-false',
  answer: false,
  feedbackWhenTrue: 'It is not.',
  feedbackWhenFalse: 'So it is.',
});

const likert = question<'likert'>({
  kind: 'likert',
  scale: ['low', 'middle', 'high'].map((id) => ({ id, label: id })),
});

const scoreOf = (one: QuestionContent, response: QuestionResponse) => gradeResponse(one, response).score;

describe('credit', () => {
  it.each([
    ['best', 1, 'correct'],
    ['fair', 0.5, 'partial'],
    ['wrong', 0, 'incorrect'],
    ['harmful', 0, 'incorrect'],
  ])('of a single choice is that of its option, never below none: %s', (response, score, result) => {
    expect(gradeResponse(single, response)).toEqual({ score, result });
  });

  it('of several choices is a share for each right one, less a share for each wrong one', () => {
    const one = multiple('PER_OPTION');
    expect(gradeResponse(one, ['a', 'b', 'c'])).toEqual({ score: 1, result: 'correct' });
    expect(scoreOf(one, ['c', 'a'])).toBeCloseTo(2 / 3, 12);
    expect(scoreOf(one, ['a', 'b', 'd'])).toBeCloseTo(1 / 3, 12);
    expect(gradeResponse(one, ['a', 'd', 'e'])).toEqual({ score: 0, result: 'incorrect' });
  });

  it('of several choices is all or nothing where the author says so', () => {
    const one = multiple('ALL_OR_NOTHING');
    expect(scoreOf(one, ['c', 'b', 'a'])).toBe(1);
    expect(scoreOf(one, ['a', 'b'])).toBe(0);
    expect(scoreOf(one, ['a', 'b', 'c', 'd'])).toBe(0);
  });

  it('of a matching is a share for each right pair; the same words are one target', () => {
    // The target "A breach" goes by the first pair that has it.
    const right: [string, string][] = [
      ['c', 'b'],
      ['a', 'a'],
      ['b', 'b'],
    ];
    const half: [string, string][] = [
      ['a', 'a'],
      ['b', 'x_a'],
      ['c', 'a'],
    ];
    expect(gradeResponse(matching('PER_PAIR'), right)).toEqual({ score: 1, result: 'correct' });
    expect(scoreOf(matching('PER_PAIR'), half)).toBeCloseTo(1 / 3, 12);
    expect(scoreOf(matching('ALL_OR_NOTHING'), right)).toBe(1);
    expect(scoreOf(matching('ALL_OR_NOTHING'), half)).toBe(0);
  });

  it('of an order is a share for each item at its place', () => {
    expect(scoreOf(ordering('PER_POSITION'), ['a', 'b', 'd', 'c'])).toBe(0.5);
    expect(scoreOf(ordering('ALL_OR_NOTHING'), ['a', 'b', 'd', 'c'])).toBe(0);
    expect(scoreOf(ordering('ALL_OR_NOTHING'), ['a', 'b', 'c', 'd'])).toBe(1);
  });

  it.each([
    ['work at', 1],
    ['  Work   AT ', 1],
    ['AM WITH', 0.5],
    ['Straße'.normalize('NFD'), 1],
    ['work', 0],
  ])('of a text does not depend on blanks, case or the form of its letters: %j', (response, score) => {
    expect(scoreOf(fillIn, response)).toBe(score);
  });

  it('of a text depends on case where the author says so', () => {
    expect(scoreOf({ ...fillIn, caseSensitive: true }, 'Work at')).toBe(0);
    expect(scoreOf({ ...fillIn, caseSensitive: true }, ' work  at')).toBe(1);
  });

  it.each([
    [14.49, 0],
    [14.5, 1],
    [15, 1],
    [15.01, 0],
  ])('of a number is given within its bounds, both included: %d', (response, score) => {
    expect(scoreOf(numeric, response)).toBe(score);
  });

  it('of true or false is for the answer that is so', () => {
    expect(scoreOf(trueFalse, false)).toBe(1);
    expect(scoreOf(trueFalse, true)).toBe(0);
  });

  it('is not given for a place on a scale, which never counts', () => {
    expect(gradeResponse(likert, 'high')).toEqual({ score: 0, result: 'neutral' });
    expect(isScored(likert)).toBe(false);
    expect(isScored(single)).toBe(true);
    expect(isScored({ ...single, weight: 0 })).toBe(false);
  });
});

describe('feedback', () => {
  it('is on the chosen option first, then on the answer as a whole', () => {
    expect(feedbackOn(single, 'fair')).toEqual(['It will do.', 'Nearly.']);
    expect(feedbackOn(single, 'harmful')).toEqual(['Think again.']);
    expect(feedbackOn(trueFalse, true)).toEqual(['It is not.']);
  });

  it('on an answer that is right in part is that on a wrong one when there is no other', () => {
    expect(feedbackOn({ ...single, feedback: { correct: 'Right.', incorrect: 'Think again.' } }, 'fair')).toEqual([
      'It will do.',
      'Think again.',
    ]);
  });
});

describe('an answer is refused', () => {
  it.each<[string, QuestionContent, unknown]>([
    ['that names an unknown option', single, 'other'],
    ['of another type', single, 1],
    ['that chooses nothing', multiple('PER_OPTION'), []],
    ['that chooses an option twice', multiple('PER_OPTION'), ['a', 'a']],
    ['that leaves a source without a target', matching('PER_PAIR'), [['a', 'a']]],
    [
      'that gives a source two targets',
      matching('PER_PAIR'),
      [
        ['a', 'a'],
        ['a', 'b'],
        ['b', 'b'],
      ],
    ],
    [
      'that names an unknown target',
      matching('PER_PAIR'),
      [
        ['a', 'a'],
        ['b', 'b'],
        ['c', 'zz'],
      ],
    ],
    ['that leaves an item out of the order', ordering('PER_POSITION'), ['a', 'b', 'c']],
    ['that is blank', fillIn, '  '],
    ['that is longer than an LMS keeps', fillIn, 'x'.repeat(101)],
    ['that is no number', numeric, Number.NaN],
    ['that is neither true nor false', trueFalse, 'true'],
    ['that is not on the scale', likert, 'higher'],
  ])('%s', (_why, one, response) => {
    expect(acceptsResponse(one, response)).toBe(false);
  });
});

describe('the bound of a packed number', () => {
  it.each([-0.0000012658079849684532, -1.2345678901234567e-308, -123456789012345680000, Number.MIN_VALUE])(
    'holds for %d',
    (response) => {
      expect(packResponse(numeric, response).length).toBeLessThanOrEqual(maxPackedLength(numeric));
    },
  );
});

const responses: [QuestionContent, fc.Arbitrary<unknown>][] = [
  [single, fc.constantFrom('best', 'fair', 'wrong', 'harmful')],
  [multiple('PER_OPTION'), fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 1 })],
  [
    matching('PER_PAIR'),
    fc.tuple(...['a', 'b', 'c'].map((source) => fc.constantFrom('a', 'b', 'x_a').map((target) => [source, target]))),
  ],
  [ordering('PER_POSITION'), fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 })],
  [fillIn, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 })],
  [numeric, fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)],
  [trueFalse, fc.boolean()],
  [likert, fc.constantFrom('low', 'middle', 'high')],
];

describe.each(responses.map(([one, answers]) => ({ kind: one.kind, one, answers })))(
  'any answer that is accepted: $kind',
  ({ one, answers }) => {
    const forAll = (check: (response: QuestionResponse) => void) =>
      fc.assert(
        fc.property(answers, (response) => {
          fc.pre(acceptsResponse(one, response));
          check(response);
        }),
      );

    it('is packed into printable ASCII within its bound, and unpacked to the same grade and the same record', () => {
      forAll((response) => {
        const packed = packResponse(one, response);
        expect(packed).toMatch(/^[ -~]*$/);
        expect(packed.length).toBeLessThanOrEqual(maxPackedLength(one));
        const unpacked = unpackResponse(one, packed);
        if (unpacked === undefined) throw new Error(`"${packed}" was not unpacked.`);
        expect(gradeResponse(one, unpacked)).toEqual(gradeResponse(one, response));
        expect(interactionOf(one, unpacked)).toEqual(interactionOf(one, response));
      });
    });

    it('has a score between 0 and 1 that agrees with its result', () => {
      forAll((response) => {
        const { score, result } = gradeResponse(one, response);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        const expected = score === 1 ? 'correct' : score > 0 ? 'partial' : 'incorrect';
        expect(result).toBe(one.kind === 'likert' ? 'neutral' : expected);
      });
    });

    it('is the only thing that is unpacked: garbage gives no answer, or one that is accepted', () => {
      fc.assert(
        fc.property(fc.string({ maxLength: 40 }), (garbage) => {
          const unpacked = unpackResponse(one, garbage);
          expect(unpacked === undefined || acceptsResponse(one, unpacked)).toBe(true);
        }),
      );
    });
  },
);
