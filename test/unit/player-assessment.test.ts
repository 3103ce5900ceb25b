import { describe, expect, it } from '@jest/globals';
import type { AssessmentLesson } from '../../exporters/document/index.js';
import { packState, unpackState } from '../../exporters/player/state/suspend-data.js';
import { play } from '../support/courses/play.js';
import {
  ASSESSMENT,
  assessment,
  id,
  LIKERT,
  MULTIPLE,
  SINGLE,
  likert,
  multipleChoice,
  singleChoice,
  smallCourse,
} from '../support/courses/small-course.js';

const courseWith = (fields: Partial<AssessmentLesson>) => smallCourse({ lessons: [{ ...assessment, ...fields }] });
const withoutLimit = (({ attempts: _attempts, ...rest }) => rest)(assessment);

describe('an attempt at an assessment', () => {
  it('lets answers be changed until it is submitted, and only then counts them', () => {
    const { session, happened } = play(courseWith({}));
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'b');
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    expect(session.assessment(ASSESSMENT)).toMatchObject({ phase: 'running', unanswered: [MULTIPLE, LIKERT] });
    expect(happened('questionAnswered')).toEqual([]);
    session.submitAssessment(ASSESSMENT);
    expect(happened('questionAnswered')).toMatchObject([{ question: SINGLE, response: 'a', attempt: 1 }]);
  });

  it('counts no answer as a wrong one, and questions by their weight', () => {
    const { session, happened } = play(courseWith({}));
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.submitAssessment(ASSESSMENT);
    // Weight 3 of 4; the Likert question counts nothing.
    expect(happened('assessmentFinished')).toMatchObject([{ score: 75, passed: false, best: true, timeUp: false }]);
  });

  it('locks each answer where feedback follows each question', () => {
    const { session, happened } = play(courseWith({ feedback: 'AFTER_EACH_QUESTION' }));
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    expect(session.answerQuestion(ASSESSMENT, SINGLE, 'b')).toBe(false);
    const [first] = session.assessment(ASSESSMENT)?.questions ?? [];
    expect(first).toMatchObject({
      locked: true,
      grade: { result: 'correct' },
      feedback: ['<p>It calms.</p>', '<p>Yes.</p>'],
    });
    session.submitAssessment(ASSESSMENT);
    expect(happened('questionAnswered')).toHaveLength(1);
  });

  it('tells feedback at the end, and the right answers only when no attempt is left to spoil', () => {
    const { session } = play(courseWith({}));
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'b');
    const first = () => session.assessment(ASSESSMENT)?.questions[0];
    expect(first()).toMatchObject({ locked: false, feedback: [], showsSolution: false });
    expect(first()?.grade).toBeUndefined();
    session.submitAssessment(ASSESSMENT);
    expect(first()).toMatchObject({
      locked: true,
      grade: { result: 'incorrect' },
      feedback: ['<p>No.</p>'],
      showsSolution: false,
    });
    session.beginAssessment(ASSESSMENT);
    session.submitAssessment(ASSESSMENT);
    expect(first()?.showsSolution).toBe(true);
  });

  it('tells nothing but the score where feedback is never given', () => {
    const { session } = play(courseWith({ feedback: 'NEVER' }));
    session.beginAssessment(ASSESSMENT);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.submitAssessment(ASSESSMENT);
    const view = session.assessment(ASSESSMENT);
    expect(view?.last).toEqual({ score: 75, passed: false });
    expect(view?.questions[0]).toMatchObject({ feedback: [], showsSolution: false });
    expect(view?.questions[0]?.grade).toBeUndefined();
  });

  it('may be begun as often as the author allows', () => {
    const { session } = play(courseWith({}));
    expect(session.assessment(ASSESSMENT)).toMatchObject({
      phase: 'introduction',
      attempt: 0,
      attemptsLeft: 2,
      mayBegin: true,
    });
    session.beginAssessment(ASSESSMENT);
    expect(session.beginAssessment(ASSESSMENT)).toBe(false);
    expect(session.assessment(ASSESSMENT)).toMatchObject({ attempt: 1, attemptsLeft: 1, mayBegin: false });
    session.submitAssessment(ASSESSMENT);
    session.beginAssessment(ASSESSMENT);
    session.submitAssessment(ASSESSMENT);
    expect(session.assessment(ASSESSMENT)).toMatchObject({
      phase: 'finished',
      attempt: 2,
      attemptsLeft: 0,
      mayBegin: false,
    });
    expect(session.beginAssessment(ASSESSMENT)).toBe(false);
  });

  it('may be begun without end where there is no limit, and is complete once it is passed', () => {
    const { session } = play(smallCourse({ lessons: [{ ...withoutLimit, questions: [singleChoice] }] }));
    for (const response of ['b', 'c', 'a']) {
      expect(session.lessonStatus(ASSESSMENT)).not.toBe('complete');
      session.beginAssessment(ASSESSMENT);
      session.answerQuestion(ASSESSMENT, SINGLE, response);
      session.submitAssessment(ASSESSMENT);
    }
    expect(session.lessonStatus(ASSESSMENT)).toBe('complete');
    expect(session.assessment(ASSESSMENT)?.attemptsLeft).toBeUndefined();
  });

  it('is passed by taking part where no question counts', () => {
    const { session } = play(courseWith({ questions: [likert] }));
    session.beginAssessment(ASSESSMENT);
    session.submitAssessment(ASSESSMENT);
    expect(session.assessment(ASSESSMENT)?.best).toEqual({ passed: true });
    expect(session.result()).toEqual({ complete: true, success: true });
  });

  it('takes how long each question took, until its last answer', () => {
    const { session, wait, happened } = play(courseWith({}));
    session.beginAssessment(ASSESSMENT);
    wait(10);
    session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    session.goToQuestion(ASSESSMENT, 1);
    wait(5);
    session.answerQuestion(ASSESSMENT, MULTIPLE, ['a']);
    wait(60);
    session.submitAssessment(ASSESSMENT);
    expect(happened('questionAnswered').map(({ seconds }) => seconds)).toEqual([10, 5]);
  });
});

describe('the order of questions and options', () => {
  const many: AssessmentLesson = {
    ...assessment,
    shuffleQuestions: true,
    shuffleOptions: true,
    questions: Array.from({ length: 12 }, (_none, place) => ({ ...singleChoice, id: id(100 + place) })),
  };
  const orders = (state?: Parameters<typeof play>[1]) => {
    const { session } = play(smallCourse({ lessons: [many] }), state);
    const order = () => session.assessment(ASSESSMENT)?.questions.map((view) => [view.question.id, ...view.order]);
    return { session, order };
  };

  it('is the same again after a resume, and another in the next attempt', () => {
    const { session, order } = orders();
    session.beginAssessment(ASSESSMENT);
    const first = order();
    const document = smallCourse({ lessons: [many] });
    expect(orders(unpackState(document, packState(document, session.state))).order()).toEqual(first);
    session.submitAssessment(ASSESSMENT);
    expect(order()).toEqual(first);
    session.beginAssessment(ASSESSMENT);
    expect(order()).not.toEqual(first);
  });

  it('never shows what is to be put in order in the right order', () => {
    for (let number = 0; number < 60; number += 1) {
      const ordering = {
        kind: 'ordering' as const,
        id: id(200 + number),
        prompt: '<p>Order</p>',
        scoring: 'ALL_OR_NOTHING' as const,
        items: [
          { id: 'a', text: 'first' },
          { id: 'b', text: 'second' },
        ],
      };
      const { session } = play(courseWith({ questions: [ordering] }));
      expect(session.assessment(ASSESSMENT)?.questions[0]?.order).toEqual(['b', 'a']);
    }
  });
});

describe('a time limit', () => {
  const limited = { timeLimitSeconds: 60, questions: [singleChoice, multipleChoice] };

  it('counts on while the course is closed, and keeps the answers given in time', () => {
    const document = courseWith(limited);
    const first = play(document);
    first.session.beginAssessment(ASSESSMENT);
    first.wait(20);
    first.session.answerQuestion(ASSESSMENT, SINGLE, 'a');
    const second = play(document, first.session.state);
    second.wait(30);
    expect(second.session.assessment(ASSESSMENT)?.secondsLeft).toBe(30);
    expect(second.session.finishExpiredAttempts()).toBe(false);
    second.wait(30);
    expect(second.session.answerQuestion(ASSESSMENT, MULTIPLE, ['a'])).toBe(false);
    expect(second.session.finishExpiredAttempts()).toBe(true);
    expect(second.happened('assessmentFinished')).toMatchObject([{ score: 75, timeUp: true }]);
  });

  it('never leaves more than itself, even when the clock of the device was set back', () => {
    const document = courseWith(limited);
    const { session } = play(document);
    session.beginAssessment(ASSESSMENT);
    const progress = session.state.assessments[ASSESSMENT];
    const attempt = { ...progress!.attempt!, startedAt: progress!.attempt!.startedAt + 5_000 };
    const state = { ...session.state, assessments: { [ASSESSMENT]: { ...progress!, attempt } } };
    expect(play(document, state).session.assessment(ASSESSMENT)?.secondsLeft).toBe(60);
  });
});
