/** Actions in assessments. */
import { gradeResponse, type QuestionResponse } from '../../../document/questions/rules.js';
import type { AssessmentLesson } from '../../../document/tree.js';
import {
  COUNTER_LIMITS,
  type AssessmentAttempt,
  type AssessmentProgress,
  type LearnerState,
} from '../../state/learner-state.js';
import { keptResponse } from './answers.js';
import { attemptsLeft, passes, scoreOf } from './assessment-score.js';
import { questionsInOrder } from './assessment-view.js';
import { counted, type Happening, type Scene, type Transition } from '../transition.js';

/** A running attempt with what it belongs to. */
interface Running {
  assessment: AssessmentLesson;
  progress: AssessmentProgress;
  attempt: AssessmentAttempt;
}

function runningAttempt({ index, state }: Scene, lesson: string): Running | undefined {
  const assessment = index.assessment(lesson);
  const progress = state.assessments[lesson];
  const attempt = progress?.attempt;
  return assessment !== undefined && progress !== undefined && attempt?.running === true
    ? { assessment, progress, attempt }
    : undefined;
}

const withProgress = (state: LearnerState, lesson: string, progress: AssessmentProgress): LearnerState => ({
  ...state,
  assessments: { ...state.assessments, [lesson]: progress },
});

const withAttempt = (
  state: LearnerState,
  { assessment, progress }: Running,
  attempt: AssessmentAttempt,
): LearnerState => withProgress(state, assessment.id, { ...progress, attempt });

const isOver = ({ assessment, attempt }: Running, now: number): boolean =>
  assessment.timeLimitSeconds !== undefined && now >= attempt.startedAt + assessment.timeLimitSeconds;

export function beginAssessment(scene: Scene, lesson: string): Transition | undefined {
  const { index, state, now, timing } = scene;
  const assessment = index.assessment(lesson);
  const progress = state.assessments[lesson] ?? { finished: 0 };
  if (assessment === undefined || progress.attempt?.running === true) return undefined;
  if (attemptsLeft(assessment, progress) === 0) return undefined;
  const attempt = { running: true, startedAt: Math.floor(now), position: 0, answers: {} };
  assessment.questions.forEach(({ id }) => timing.end(id));
  const begun = withProgress(state, lesson, { ...progress, attempt });
  const first = questionsInOrder(assessment, begun)[0];
  if (first !== undefined) timing.begin(first.id);
  return { state: begun, events: [{ kind: 'assessmentBegun', lesson, attempt: progress.finished + 1 }] };
}

export function goToQuestion(scene: Scene, lesson: string, position: number): Transition | undefined {
  const running = runningAttempt(scene, lesson);
  if (running === undefined || running.attempt.position === position) return undefined;
  const question = questionsInOrder(running.assessment, scene.state)[position];
  if (question === undefined) return undefined;
  scene.timing.begin(question.id);
  return {
    state: withAttempt(scene.state, running, { ...running.attempt, position }),
    events: [{ kind: 'questionShown', lesson, question: question.id }],
  };
}

export function answerQuestion(
  scene: Scene,
  lesson: string,
  id: string,
  given: QuestionResponse,
): Transition | undefined {
  const running = runningAttempt(scene, lesson);
  const question = running?.assessment.questions.find((candidate) => candidate.id === id);
  const response = question && keptResponse(question, given);
  if (running === undefined || response === undefined || isOver(running, scene.now)) return undefined;
  const atOnce = running.assessment.feedback === 'AFTER_EACH_QUESTION';
  if (atOnce && running.attempt.answers[id] !== undefined) return undefined;
  scene.timing.mark(id);
  const answers = { ...running.attempt.answers, [id]: response };
  return {
    state: withAttempt(scene.state, running, { ...running.attempt, answers }),
    events: atOnce ? answered(scene, running, answers, [id]) : [{ kind: 'answerKept', lesson, question: id }],
  };
}

/** The events of answers that stand from now on. */
function answered(
  { timing }: Scene,
  { assessment, progress }: Running,
  answers: AssessmentAttempt['answers'],
  ids: readonly string[],
): Happening[] {
  return assessment.questions.flatMap((question): Happening[] => {
    const response = answers[question.id];
    if (response === undefined || !ids.includes(question.id)) return [];
    const seconds = timing.taken(question.id);
    const event = {
      kind: 'questionAnswered' as const,
      lesson: assessment.id,
      attempt: progress.finished + 1,
      question: question.id,
      response,
      grade: gradeResponse(question, response),
    };
    return [seconds === undefined ? event : { ...event, seconds }];
  });
}

export function submitAssessment(scene: Scene, lesson: string): Transition | undefined {
  const running = runningAttempt(scene, lesson);
  return running && finished(scene, running, isOver(running, scene.now));
}

/** Finishes one attempt whose time is over. */
export function finishExpired(scene: Scene): Transition | undefined {
  for (const lesson of Object.keys(scene.state.assessments)) {
    const running = runningAttempt(scene, lesson);
    if (running !== undefined && isOver(running, scene.now)) return finished(scene, running, true);
  }
  return undefined;
}

function finished(scene: Scene, running: Running, timeUp: boolean): Transition {
  const { assessment, progress, attempt } = running;
  const score = scoreOf(assessment.questions, attempt.answers);
  const best = score === undefined ? undefined : Math.max(score, progress.best ?? 0);
  const after: AssessmentProgress = {
    finished: counted(progress.finished, COUNTER_LIMITS.attempts),
    ...(best === undefined ? {} : { best }),
    ...(score === undefined ? {} : { last: score }),
    attempt: { ...attempt, running: false },
  };
  const pending = assessment.feedback === 'AFTER_EACH_QUESTION' ? [] : Object.keys(attempt.answers);
  return {
    state: withProgress(scene.state, assessment.id, after),
    events: [
      ...answered(scene, running, attempt.answers, pending),
      {
        kind: 'assessmentFinished',
        lesson: assessment.id,
        attempt: progress.finished + 1,
        ...(score === undefined ? {} : { score }),
        passed: passes(assessment, score),
        best: score === best,
        timeUp,
      },
    ],
  };
}
