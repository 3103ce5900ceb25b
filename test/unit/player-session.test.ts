import { describe, expect, it } from '@jest/globals';
import { packState, unpackState } from '../../exporters/player/state/suspend-data.js';
import { play } from '../support/courses/play.js';
import * as course from '../support/courses/small-course.js';

const { smallCourse, PAGE, CHECKLIST, CHECK, TEXT, SCENARIO, ASSESSMENT, OPTIONAL_PAGE, SINGLE, MULTIPLE } = course;

/** Answers the assessment, rightly or wrongly, and submits it. */
function take(session: ReturnType<typeof play>['session'], right: boolean): void {
  session.beginAssessment(ASSESSMENT);
  session.answerQuestion(ASSESSMENT, SINGLE, right ? 'a' : 'b');
  session.answerQuestion(ASSESSMENT, MULTIPLE, right ? ['a', 'b'] : ['c']);
  session.submitAssessment(ASSESSMENT);
}

function endWell(session: ReturnType<typeof play>['session']): void {
  session.startScenario(SCENARIO);
  session.advance(SCENARIO);
  session.choose(SCENARIO, course.APOLOGISE);
}

describe('a launch', () => {
  it('says that the course was opened, and whether the learner was there before', () => {
    const document = smallCourse();
    const first = play(document);
    expect(first.happened('initialized')).toMatchObject([{ resumed: false }]);
    const second = play(document, first.session.state);
    expect(second.happened('initialized')).toMatchObject([{ resumed: true }]);
    expect(second.session.state.epoch).toBe(2);
  });

  it('begins nowhere the first time, and later where the learner was, to the block', () => {
    const document = smallCourse();
    const { session } = play(document);
    expect(session.resumeAt()).toBeUndefined();
    session.openLesson(PAGE);
    session.moveTo(TEXT);
    expect(play(document, session.state).session.resumeAt()).toEqual({ lesson: PAGE, block: TEXT });
  });

  it('begins at the first open lesson when the lesson is gone where the learner was', () => {
    const { session } = play(smallCourse());
    session.completeLesson(PAGE);
    session.openLesson(OPTIONAL_PAGE);
    const next = smallCourse({ lessons: [course.page, course.scenario] });
    expect(play(next, session.state).session.resumeAt()).toEqual({ lesson: SCENARIO });
  });

  it('adds up the time of all launches', () => {
    const document = smallCourse();
    const first = play(document);
    first.wait(90);
    first.session.openLesson(PAGE);
    const second = play(document, first.session.state);
    second.wait(30);
    second.session.terminate();
    expect(second.session.state.secondsSpent).toBe(120);
    expect(second.happened('terminated')).toMatchObject([{ seconds: 30, complete: false, secondsSpent: 120 }]);
  });

  it('is over once the learner has left: nothing changes any more', () => {
    const { session, happened } = play(smallCourse());
    session.terminate();
    session.terminate();
    expect(session.openLesson(PAGE)).toBe(false);
    expect(happened('terminated')).toHaveLength(1);
  });
});

describe('a page', () => {
  it('is complete when the learner goes on from its end, once', () => {
    const { session, news } = play(smallCourse());
    session.openLesson(PAGE);
    expect(session.lessonStatus(PAGE)).toBe('started');
    expect(news()).toEqual(['lessonOpened']);
    expect(session.completeLesson(PAGE)).toBe(true);
    expect(session.completeLesson(PAGE)).toBe(false);
    expect(news()).toEqual(['lessonCompleted', 'progressed']);
    expect(session.lessonAfter(PAGE)).toBe(SCENARIO);
    expect(session.lessonAfter(OPTIONAL_PAGE)).toBeUndefined();
  });

  it('remembers ticks, in the order of the list', () => {
    const { session } = play(smallCourse());
    session.tick(CHECKLIST, 'two', true);
    session.tick(CHECKLIST, 'one', true);
    expect(session.ticked(CHECKLIST)).toEqual(['one', 'two']);
    session.tick(CHECKLIST, 'two', false);
    expect(session.ticked(CHECKLIST)).toEqual(['one']);
    expect(session.tick(CHECKLIST, 'three', true)).toBe(false);
  });

  it('cannot be completed as a scenario or an assessment, nor these as a page', () => {
    const { session } = play(smallCourse());
    expect(session.completeLesson(SCENARIO)).toBe(false);
    expect(session.startScenario(PAGE)).toBe(false);
    expect(session.beginAssessment(PAGE)).toBe(false);
  });
});

describe('a knowledge check', () => {
  it('grades at once, and lets the learner try again until it is right', () => {
    const { session, happened } = play(smallCourse());
    session.answerCheck(CHECK, true);
    expect(session.check(CHECK)).toMatchObject({
      tries: 1,
      locked: true,
      mayRetry: true,
      grade: { result: 'incorrect' },
    });
    expect(session.answerCheck(CHECK, false)).toBe(false);
    session.retryCheck(CHECK);
    expect(session.check(CHECK)).toMatchObject({ tries: 1, locked: false });
    session.answerCheck(CHECK, false);
    expect(session.check(CHECK)).toMatchObject({ tries: 2, mayRetry: false, showsSolution: true });
    expect(session.retryCheck(CHECK)).toBe(false);
    expect(happened('checkAnswered').map(({ tries, grade }) => [tries, grade.score])).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });

  it('counts for nothing', () => {
    const { session } = play(smallCourse());
    session.answerCheck(CHECK, true);
    expect(session.progress()).toEqual({ completed: 0, total: 3, share: 0 });
    expect(session.result()).toEqual({ complete: false });
  });

  it('refuses an answer that does not fit the question', () => {
    const { session } = play(smallCourse());
    expect(session.answerCheck(CHECK, 'yes')).toBe(false);
    expect(session.answerCheck(TEXT, true)).toBe(false);
  });
});

describe('the course', () => {
  it('is complete when every required lesson is, whatever the optional ones', () => {
    const { session, happened } = play(smallCourse());
    session.completeLesson(PAGE);
    endWell(session);
    expect(session.result().complete).toBe(false);
    take(session, true);
    expect(session.result()).toEqual({ complete: true, success: true, score: 100 });
    expect(happened('progressed').map(({ share }) => Math.round(share * 100))).toEqual([33, 67, 100]);
  });

  it('tells score, verdict and completion in this order, each once', () => {
    const { session, news, happened } = play(smallCourse());
    session.completeLesson(PAGE);
    endWell(session);
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.answerQuestion(ASSESSMENT, MULTIPLE, ['a', 'b']);
    news();
    session.submitAssessment(ASSESSMENT);
    expect(news()).toEqual([
      'questionAnswered',
      'questionAnswered',
      'assessmentFinished',
      'lessonCompleted',
      'progressed',
      'courseScored',
      'coursePassed',
      'courseCompleted',
    ]);
    session.openLesson(PAGE);
    expect(happened('courseCompleted')).toHaveLength(1);
  });

  it('is failed only when the attempts are used up, and has no score before', () => {
    const { session, happened } = play(smallCourse());
    take(session, false);
    expect(session.result()).toEqual({ complete: false });
    take(session, false);
    expect(session.result()).toEqual({ complete: false, success: false, score: 0 });
    expect(happened('courseFailed')).toHaveLength(1);
    expect(session.lessonStatus(ASSESSMENT)).toBe('complete');
  });

  it('is passed by the best attempt, and a better one raises the score', () => {
    const { session, happened } = play(smallCourse());
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.answerQuestion(ASSESSMENT, MULTIPLE, ['a']);
    session.submitAssessment(ASSESSMENT);
    expect(session.result()).toMatchObject({ success: true, score: 87.5 });
    take(session, true);
    expect(session.result()).toMatchObject({ success: true, score: 100 });
    expect(happened('courseScored').map(({ score }) => score)).toEqual([87.5, 100]);
    expect(happened('coursePassed')).toHaveLength(1);
  });

  it('weighs assessments by what their questions weigh together', () => {
    const second = {
      ...course.assessment,
      id: course.id(5),
      questions: [{ ...course.multipleChoice, id: course.id(51), weight: 12 }],
    };
    const document = smallCourse({ lessons: [course.assessment, second] });
    const { session } = play(document);
    take(session, true);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      session.beginAssessment(second.id);
      session.answerQuestion(second.id, course.id(51), ['a']);
      session.submitAssessment(second.id);
    }
    // (4 × 100 + 12 × 50) / 16
    expect(session.result()).toEqual({ complete: true, success: false, score: 62.5 });
  });

  it('has neither pass nor fail where completion asks for lessons only', () => {
    const { session } = play(smallCourse({ completionRule: 'ALL_REQUIRED_LESSONS' }));
    session.completeLesson(PAGE);
    endWell(session);
    take(session, false);
    take(session, false);
    expect(session.result()).toEqual({ complete: true, score: 0 });
  });

  it('asks for every lesson where all are optional', () => {
    const { session } = play(smallCourse({ lessons: [course.optionalPage] }));
    expect(session.result().complete).toBe(false);
    session.completeLesson(OPTIONAL_PAGE);
    expect(session.result().complete).toBe(true);
  });

  it('goes on in the next version with what the learner did in the last', () => {
    const document = smallCourse();
    const { session } = play(document);
    session.completeLesson(PAGE);
    endWell(session);
    take(session, true);
    const added = { ...course.optionalPage, id: course.id(6), optional: false };
    const next = { ...smallCourse({ lessons: [added, course.page, course.scenario, course.assessment] }), version: 2 };
    const slots = { ...document.slots, [added.id]: 99 };
    const kept = unpackState({ ...next, slots }, packState(document, session.state));
    expect(play({ ...next, slots }, kept).session.progress()).toEqual({ completed: 3, total: 4, share: 0.75 });
  });
});
