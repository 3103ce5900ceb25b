/** Random course documents and random learners, for properties that must hold of every course. */
import fc from 'fast-check';
import type {
  AssessmentLesson,
  CourseDocument,
  Lesson,
  PageLesson,
  Question,
  QuestionKind,
  QuestionResponse,
} from '../../../exporters/document/index.js';
import { matchingTargets } from '../../../exporters/document/questions/matching/rules.js';
import { idsWithState } from '../../../exporters/player/state/index.js';
import type { Session } from '../../../exporters/player/session/session.js';

// Ids must differ, so they do not shrink towards one another.
const uuid = fc.noShrink(fc.uuid({ version: 7 }));
const flag = fc.boolean();
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Drops what is undefined, as JSON does. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

const items = <T extends object>(fields: fc.Arbitrary<T>, min: number, max: number) =>
  fc
    .array(fields, { minLength: min, maxLength: max })
    .map((list) => list.map((item, place) => compact({ id: `i${place}`, ...item })));

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((text) => `w${text.replace(/[\p{Cc}\p{Cs}]/gu, '')}`);
const scoring = (partial: string) => fc.constantFrom('ALL_OR_NOTHING', partial);

const options = (max: number) =>
  items(fc.record({ text: words, correct: flag }), 2, max).map((list) => [
    { ...list[0], correct: true },
    ...list.slice(1),
  ]);

const questionFields = { prompt: words, weight: optional(fc.integer({ min: 0, max: 5 })) };

const question = fc.oneof(
  fc.record({ kind: fc.constant('single-choice'), ...questionFields, options: options(10) }),
  fc.record({
    kind: fc.constant('multiple-choice'),
    ...questionFields,
    options: options(12),
    scoring: scoring('PER_OPTION'),
  }),
  fc.record({ kind: fc.constant('true-false'), ...questionFields, answer: flag }),
  fc.record({
    kind: fc.constant('matching'),
    ...questionFields,
    pairs: items(fc.record({ source: words, target: words }), 2, 12),
    distractors: optional(items(fc.record({ text: words }), 1, 6)),
    scoring: scoring('PER_PAIR'),
  }),
  fc.record({
    kind: fc.constant('ordering'),
    ...questionFields,
    items: items(fc.record({ text: words }), 2, 12),
    scoring: scoring('PER_POSITION'),
  }),
  fc.record({ kind: fc.constant('fill-in'), ...questionFields, answers: items(fc.record({ text: words }), 1, 4) }),
  fc.record({
    kind: fc.constant('numeric'),
    ...questionFields,
    minimum: fc.constant(-3),
    maximum: fc.integer({ min: -3, max: 9 }),
  }),
  fc.record({ kind: fc.constant('likert'), ...questionFields, scale: items(fc.record({ label: words }), 2, 11) }),
);

const block = fc.oneof(
  fc.record({ kind: fc.constant('text'), body: words, id: uuid }),
  fc.record({ kind: fc.constant('checklist'), items: items(fc.record({ text: words }), 1, 30), id: uuid }),
  fc.record({
    kind: fc.constant('knowledge-check'),
    question: question.map(compact),
    allowRetry: optional(flag),
    id: uuid,
  }),
);

const page = fc.record({
  kind: fc.constant('page'),
  id: uuid,
  title: words,
  optional: optional(flag),
  blocks: fc.array(block, { maxLength: 6 }),
});

const assessment = fc.record({
  kind: fc.constant('assessment'),
  id: uuid,
  title: words,
  optional: optional(flag),
  passMark: fc.integer({ min: 0, max: 100 }),
  attempts: optional(fc.integer({ min: 1, max: 3 })),
  shuffleQuestions: optional(flag),
  shuffleOptions: optional(flag),
  timeLimitSeconds: optional(fc.constant(600)),
  feedback: fc.constantFrom('AFTER_EACH_QUESTION', 'AT_THE_END', 'NEVER'),
  questions: fc.array(
    fc.tuple(question, uuid).map(([content, id]) => ({ ...content, id })),
    { maxLength: 6 },
  ),
});

const variable = fc.oneof(
  fc
    .tuple(fc.integer({ min: -1_000, max: 900 }), fc.integer({ min: 1, max: 100 }), uuid)
    .map(([minimum, span, id]) => ({
      kind: 'number',
      id,
      name: 'n',
      minimum,
      maximum: minimum + span,
      initial: minimum,
    })),
  fc.record({ kind: fc.constant('boolean'), id: uuid, name: fc.constant('b'), initial: flag }),
);

interface NodeSketch {
  id: string;
  kind: 'scene' | 'decision' | 'ending';
  score: number;
  exits: { id: string; target: number; changes: boolean }[];
}

const nodeSketch: fc.Arbitrary<NodeSketch> = fc.record({
  id: uuid,
  kind: fc.constantFrom('scene', 'decision', 'decision', 'ending'),
  score: fc.integer({ min: 0, max: 100 }),
  exits: fc.array(fc.record({ id: uuid, target: fc.nat(9), changes: flag }), { minLength: 1, maxLength: 5 }),
});

/** Some scenarios go round in circles, some only ever forward. */
const scenario = fc
  .record({
    id: uuid,
    title: words,
    optional: optional(flag),
    onlyForward: flag,
    variables: fc.array(variable, { maxLength: 4 }),
    nodes: fc.array(nodeSketch, { minLength: 1, maxLength: 8 }),
  })
  .map(({ onlyForward, nodes, variables, ...lesson }) => ({
    ...lesson,
    kind: 'scenario',
    variables,
    nodes: nodes.map(({ id, kind, score, exits }, place) => {
      const last = place === nodes.length - 1;
      const targetOf = (target: number) =>
        nodes[onlyForward ? Math.min(nodes.length - 1, place + 1 + target) : target % nodes.length]?.id;
      const ways = exits.map((exit) => ({
        kind: kind === 'decision' ? 'choice' : 'edge',
        id: exit.id,
        target: targetOf(exit.target),
        ...(kind === 'decision' ? { text: 'choice' } : {}),
        effects: exit.changes
          ? variables.map(({ id: changed, kind: type }) =>
              type === 'boolean'
                ? { variable: changed, operation: 'SET', boolean: true }
                : { variable: changed, operation: 'ADD', number: 7 },
            )
          : [],
      }));
      if (kind === 'ending' || last) {
        return { kind: 'ending', id, title: 'end', outcome: 'GOOD', score, body: 'b', choices: [], edges: [] };
      }
      return kind === 'decision'
        ? { kind, id, prompt: 'p', choices: ways, edges: [] }
        : { kind, id, body: 'b', choices: [], edges: ways };
    }),
  }));

/** A course document with a slot for each element that keeps something; `courseDocument` accepts it. */
export const randomCourse: fc.Arbitrary<CourseDocument> = fc
  .record({
    id: uuid,
    completionRule: fc.constantFrom('ALL_REQUIRED_LESSONS', 'ASSESSMENT_MASTERY'),
    section: uuid,
    lessons: fc.array(fc.oneof(page, assessment, scenario), { maxLength: 6 }),
    firstSlot: fc.nat(3_000),
  })
  .map(({ id, completionRule, section, lessons, firstSlot }) => {
    const document = JSON.parse(
      JSON.stringify({
        schemaVersion: 1,
        id,
        version: 1,
        contentHash: '0'.repeat(64),
        title: 'Course',
        slug: 'course',
        language: 'en',
        objectives: [],
        completionRule,
        sections: [{ id: section, title: 'Section', lessons }],
        assets: [],
        slots: {},
      }),
    ) as CourseDocument;
    idsWithState(document).forEach((element, place) => {
      document.slots[element] = firstSlot + place * 3;
    });
    return document;
  });

/** Numbers from 0 up to 1 that decide what a random learner does. */
export type Dice = () => number;

/** Dice that throw the same for the same seed. */
export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pick = <T>(dice: Dice, list: readonly T[]): T | undefined => list[Math.floor(dice() * list.length)];
const inAnyOrder = <T>(dice: Dice, list: readonly T[]): T[] =>
  list
    .map((item) => ({ item, weight: dice() }))
    .sort((left, right) => left.weight - right.weight)
    .map(({ item }) => item);

type Answers = { [K in QuestionKind]: (dice: Dice, question: Extract<Question, { kind: K }>) => QuestionResponse };

const idOf = (item: { id: string } | undefined): string => item?.id ?? '';

const answers: Answers = {
  'single-choice': (dice, { options: list }) => idOf(pick(dice, list)),
  'multiple-choice'(dice, { options: list }) {
    const chosen = list.filter(() => dice() < 0.5);
    return inAnyOrder(dice, chosen.length > 0 ? chosen : list).map(idOf);
  },
  'true-false': (dice) => dice() < 0.5,
  matching: (dice, content) =>
    inAnyOrder(dice, content.pairs).map(({ id }): [string, string] => [id, idOf(pick(dice, matchingTargets(content)))]),
  ordering: (dice, { items: list }) => inAnyOrder(dice, list).map(idOf),
  'fill-in': (dice, content) =>
    dice() < 0.3
      ? (content.answers[0]?.text ?? 'x')
      : (pick(dice, WRITINGS) ?? 'x').slice(0, 1 + Math.floor(dice() * 100)),
  numeric: (dice) => pick(dice, [0, -3, 1e21, -1.2345678901234567e-308, 3.14]) ?? 0,
  likert: (dice, { scale }) => idOf(pick(dice, scale)),
};

const WRITINGS = [
  'an answer  in plain words; with , signs: "quoted" & <marked> 100 % '.repeat(2),
  'Ответ словами, которые нужно написать полностью и без ошибок',
  'إجابة مكتوبة بالكلمات الكاملة',
  '説明責任と透明性を保つために必要な手順',
  'émoji 🙂 déjà vu',
];

/** An answer that fits the question. */
export const randomResponse = (dice: Dice, content: Question): QuestionResponse =>
  (answers[content.kind] as (dice: Dice, question: Question) => QuestionResponse)(dice, content);

/** One thing that a learner may do; what the state does not allow changes nothing. */
export function randomAction(dice: Dice, session: Session): void {
  const lesson: Lesson | undefined = pick(
    dice,
    session.document.sections.flatMap(({ lessons }) => lessons),
  );
  if (lesson === undefined) return;
  session.openLesson(lesson.id);
  switch (lesson.kind) {
    case 'page':
      return actInPage(dice, session, lesson);
    case 'scenario':
      return actInScenario(dice, session, lesson.id);
    case 'assessment':
      return actInAssessment(dice, session, lesson);
  }
}

function actInPage(dice: Dice, session: Session, lesson: PageLesson): void {
  if (dice() < 0.3) session.completeLesson(lesson.id);
  const inPage = pick(dice, lesson.blocks);
  if (inPage === undefined) return;
  session.moveTo(inPage.id);
  if (inPage.kind === 'checklist') session.tick(inPage.id, idOf(pick(dice, inPage.items)), dice() < 0.7);
  if (inPage.kind !== 'knowledge-check') return;
  if (dice() < 0.3) session.retryCheck(inPage.id);
  else session.answerCheck(inPage.id, randomResponse(dice, { ...inPage.question, id: inPage.id }));
}

function actInScenario(dice: Dice, session: Session, lesson: string): void {
  const view = session.scenario(lesson);
  if (view?.phase !== 'running' || dice() < 0.02) session.startScenario(lesson);
  else if (view.mayAdvance) session.advance(lesson);
  else session.choose(lesson, idOf(pick(dice, view.choices)));
}

function actInAssessment(dice: Dice, session: Session, { id, questions }: AssessmentLesson): void {
  const asked = pick(dice, questions);
  if (session.assessment(id)?.phase !== 'running') session.beginAssessment(id);
  else if (dice() < 0.1) session.submitAssessment(id);
  else if (dice() < 0.3) session.goToQuestion(id, Math.floor(dice() * questions.length));
  else if (asked !== undefined) session.answerQuestion(id, asked.id, randomResponse(dice, asked));
}
