import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  courseDocument,
  type CourseDocument,
  type Lesson,
  type Question,
  type ScenarioLesson,
} from '../../exporters/document/index.js';
import { createSession } from '../../exporters/player/session/create-session.js';
import { suspendDataBudget } from '../../exporters/player/state/index.js';
import { freshState, type LearnerState } from '../../exporters/player/state/learner-state.js';
import { packState, unpackState } from '../../exporters/player/state/suspend-data.js';
import { play } from '../support/courses/play.js';
import { diceOf, randomAction, randomCourse } from '../support/courses/random-course.js';
import {
  APOLOGISE,
  ASSESSMENT,
  assessment,
  CHECK,
  CHECKLIST,
  id,
  MULTIPLE,
  multipleChoice,
  PAGE,
  POOR_END,
  SCENARIO,
  scenario,
  SINGLE,
  singleChoice,
  smallCourse,
  WAIT,
} from '../support/courses/small-course.js';

type Option = Extract<Question, { kind: 'single-choice' }>['options'][number];

const REGISTRATION = '6f1c2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24';

/** The state of a learner who did `actions` random things. */
function stateAfter(document: CourseDocument, dice: () => number, actions: number): LearnerState {
  let milliseconds = 1_700_000_000_000;
  const clock = { now: () => (milliseconds += 700), secondsInLaunch: () => (milliseconds - 1_700_000_000_000) / 1000 };
  const session = createSession({ document, state: freshState(REGISTRATION), mode: 'normal', clock });
  session.start();
  for (let action = 0; action < actions; action += 1) randomAction(dice, session);
  return session.state;
}

const learners = { course: randomCourse, seed: fc.integer(), actions: fc.integer({ min: 0, max: 200 }) };
const property = (check: (document: CourseDocument, state: LearnerState) => void, numRuns = 80) =>
  fc.assert(
    fc.property(fc.record(learners), ({ course, seed, actions }) => {
      check(course, stateAfter(course, diceOf(seed), actions));
    }),
    { numRuns },
  );

describe('suspend data', () => {
  it('is tried with courses that the schema accepts', () => {
    fc.assert(
      fc.property(randomCourse, (course) => {
        expect(courseDocument.safeParse(course).error?.issues ?? []).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('gives back the very state that was packed, whatever the course and whatever the learner did', () => {
    property((document, state) => expect(unpackState(document, packState(document, state))).toEqual(state));
  });

  it('is printable ASCII, and never longer than the worst case that publishing computes', () => {
    property((document, state) => {
      const packed = packState(document, state);
      expect(packed).toMatch(/^[\x21-\x7e]*$/);
      expect(packed).not.toMatch(/[<>&"%]/);
      expect(packed.length).toBeLessThanOrEqual(suspendDataBudget(document).worstCase);
    });
  });

  it('says nothing rather than something wrong when a character was lost, changed or cut off', () => {
    fc.assert(
      fc.property(fc.record(learners), fc.nat(), fc.string(), ({ course, seed, actions }, place, text) => {
        const packed = packState(course, stateAfter(course, diceOf(seed), actions));
        const at = place % packed.length;
        for (const damaged of [packed.slice(0, at), packed.slice(0, at) + packed.slice(at + 1), packed + text, text]) {
          if (damaged !== packed) expect(unpackState(course, damaged)).toBeUndefined();
        }
      }),
      { numRuns: 100 },
    );
  });

  it('opens in a version that has lost lessons, with the rest as it was', () => {
    property((document, state) => {
      const [section] = document.sections;
      const lessons = (section?.lessons ?? []).slice(1);
      const next = { ...document, version: 2, sections: section === undefined ? [] : [{ ...section, lessons }] };
      const kept = unpackState(next, packState(document, state));
      for (const { id } of lessons) {
        expect(kept?.assessments[id]).toEqual(state.assessments[id]);
        expect(kept?.scenarios[id]).toEqual(state.scenarios[id]);
        expect(kept?.completed.includes(id)).toBe(state.completed.includes(id));
      }
    }, 60);
  });
});

/** The course with the lesson's other content, in which everything keeps its slot. */
const changedTo = (lesson: Lesson): CourseDocument => {
  const lessons = smallCourse().sections[0]?.lessons ?? [];
  return { ...smallCourse({ lessons: lessons.map((each) => (each.id === lesson.id ? lesson : each)) }), version: 2 };
};

function stateOfDiligentLearner(): LearnerState {
  const { session } = play(smallCourse());
  session.tick(CHECKLIST, 'two', true);
  session.answerCheck(CHECK, true);
  session.completeLesson(PAGE);
  session.startScenario(SCENARIO);
  session.advance(SCENARIO);
  session.choose(SCENARIO, APOLOGISE);
  session.startScenario(SCENARIO);
  session.advance(SCENARIO);
  session.beginAssessment(ASSESSMENT);
  session.answerQuestion(ASSESSMENT, SINGLE, 'a');
  session.answerQuestion(ASSESSMENT, MULTIPLE, ['a', 'b']);
  return session.state;
}

describe('suspend data of an earlier version', () => {
  const state = stateOfDiligentLearner();
  const reopened = (document: CourseDocument) => unpackState(document, packState(smallCourse(), state));

  it('loses the answer to a question whose options have changed, and nothing else', () => {
    const options = [
      { id: 'new', text: '<p>First</p>', correct: false },
      ...(singleChoice as { options: Option[] }).options,
    ];
    const kept = reopened(
      changedTo({ ...assessment, questions: [{ ...singleChoice, options } as Question, multipleChoice] }),
    );
    expect(kept?.assessments[ASSESSMENT]?.attempt?.answers).toEqual({ [MULTIPLE]: ['a', 'b'] });
    expect(kept).toMatchObject({ completed: state.completed, checks: state.checks, ticked: state.ticked });
  });

  it('keeps the answer to a question whose words have changed', () => {
    const kept = reopened(changedTo({ ...assessment, questions: [{ ...singleChoice, prompt: '<p>New words</p>' }] }));
    expect(kept?.assessments[ASSESSMENT]?.attempt?.answers).toEqual({ [SINGLE]: 'a' });
  });

  it('loses the run through a scenario that has other nodes, but not that it was completed, nor its best score', () => {
    const kept = reopened(changedTo({ ...scenario, nodes: scenario.nodes.filter(({ id }) => id !== POOR_END) }));
    expect(kept?.scenarios[SCENARIO]).toEqual({ runs: 2, endings: [], best: 90 });
    expect(kept?.completed).toEqual([PAGE, SCENARIO]);
  });

  it('loses what a lesson had that has become another kind', () => {
    const kept = reopened(changedTo({ kind: 'page', id: ASSESSMENT, title: 'Now a page', blocks: [] }));
    expect(kept?.assessments).toEqual({});
    expect(kept?.completed).toEqual([PAGE, SCENARIO]);
  });

  it('drops the block of a bookmark that is gone, and keeps its lesson', () => {
    const { session } = play(smallCourse());
    session.openLesson(PAGE);
    session.moveTo(CHECK);
    const kept = unpackState(
      changedTo({ kind: 'page', id: PAGE, title: 'Page', blocks: [] }),
      packState(smallCourse(), session.state),
    );
    expect(kept?.location).toEqual({ lesson: PAGE });
  });
});

describe('the budget of suspend data', () => {
  it('is reached, not just approached, by a learner who does everything', () => {
    const lesson: Lesson = {
      ...assessment,
      questions: [
        singleChoice,
        multipleChoice,
        { kind: 'fill-in', id: id(34), prompt: 'p', answers: [{ id: 'a', text: 'x' }] },
      ],
    };
    const document = smallCourse({ lessons: [lesson] });
    const { session } = play(document);
    session.openLesson(ASSESSMENT);
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.answerQuestion(ASSESSMENT, MULTIPLE, ['a', 'b', 'c']);
    session.answerQuestion(ASSESSMENT, id(34), 'y'.repeat(100));
    expect(packState(document, session.state)).toHaveLength(suspendDataBudget(document).worstCase);
  });

  it('names the elements that take most, the greatest first', () => {
    const { worstCase, limit, byElement } = suspendDataBudget(smallCourse());
    expect(limit).toBe(4096);
    expect(byElement[0]?.id).toBe(SCENARIO);
    expect(byElement.map(({ characters }) => characters)).toEqual(
      byElement.map(({ characters }) => characters).sort((left, right) => right - left),
    );
    expect(byElement.reduce((sum, { characters }) => sum + characters, 0)).toBeLessThan(worstCase);
  });

  it('is reached by the longest way through a scenario that only goes forward', () => {
    const choicesOf = ({ choices }: ScenarioLesson['nodes'][number]) => choices.filter((exit) => exit.id !== WAIT);
    const forward = { ...scenario, nodes: scenario.nodes.map((node) => ({ ...node, choices: choicesOf(node) })) };
    const document = smallCourse({ lessons: [forward] });
    const { session } = play(document);
    session.openLesson(SCENARIO);
    session.startScenario(SCENARIO);
    session.advance(SCENARIO);
    session.choose(SCENARIO, APOLOGISE);
    expect(packState(document, session.state)).toHaveLength(suspendDataBudget(document).worstCase);
  });

  it('is reached by a learner who goes round in circles', () => {
    const document = smallCourse({ lessons: [scenario] });
    const { session } = play(document);
    session.openLesson(SCENARIO);
    session.startScenario(SCENARIO);
    for (let round = 0; round < 50; round += 1) {
      session.advance(SCENARIO);
      session.choose(SCENARIO, WAIT);
    }
    expect(packState(document, session.state)).toHaveLength(suspendDataBudget(document).worstCase);
  });

  it('has room for a learner who tries a hundred times', () => {
    const { attempts: _attempts, ...endless } = assessment;
    const document = smallCourse({ lessons: [endless, scenario] });
    const { session } = play(document);
    for (let time = 0; time < 100; time += 1) {
      session.beginAssessment(ASSESSMENT);
      session.submitAssessment(ASSESSMENT);
      session.startScenario(SCENARIO);
    }
    expect(session.state).toMatchObject({
      assessments: { [ASSESSMENT]: { finished: 100 } },
      scenarios: { [SCENARIO]: { runs: 100 } },
    });
    expect(unpackState(document, packState(document, session.state))).toEqual(session.state);
  });

  it('refuses a document in which an element has no slot', () => {
    expect(() => suspendDataBudget({ ...smallCourse(), slots: {} })).toThrow(/no slot for element/);
  });
});
