/** Knowledge checks: questions to practise on, which count for nothing. */
import { feedbackOn } from '../../../document/questions/feedback.js';
import { gradeResponse, type QuestionResponse } from '../../../document/questions/rules.js';
import type { Block } from '../../../document/tree.js';
import type { CourseIndex } from '../../state/course-index.js';
import { COUNTER_LIMITS, type LearnerState } from '../../state/learner-state.js';
import { keptResponse, orderOf } from './answers.js';
import { counted, type Scene, type Transition } from '../transition.js';
import type { CheckView } from '../views.js';

type Check = Extract<Block, { kind: 'knowledge-check' }>;

const checkOf = (index: CourseIndex, id: string): Check | undefined => {
  const block = index.block(id);
  return block?.kind === 'knowledge-check' ? block : undefined;
};

export function answerCheck(scene: Scene, id: string, given: QuestionResponse): Transition | undefined {
  const { index, state, timing } = scene;
  const question = index.checkQuestion(id);
  const response = question && keptResponse(question, given);
  const before = state.checks[id];
  if (question === undefined || response === undefined || before?.response !== undefined) return undefined;
  const tries = counted(before?.tries ?? 0, COUNTER_LIMITS.tries);
  const seconds = timing.taken(id);
  return {
    state: { ...state, checks: { ...state.checks, [id]: { tries, response } } },
    events: [
      {
        kind: 'checkAnswered',
        block: id,
        response,
        grade: gradeResponse(question, response),
        tries,
        ...(seconds === undefined ? {} : { seconds }),
      },
    ],
  };
}

export function retryCheck({ index, state, timing }: Scene, id: string): Transition | undefined {
  const check = checkOf(index, id);
  const before = state.checks[id];
  if (check === undefined || before?.response === undefined || !mayRetry(check, before.response)) return undefined;
  timing.end(id);
  timing.begin(id);
  return {
    state: { ...state, checks: { ...state.checks, [id]: { tries: before.tries } } },
    events: [{ kind: 'checkReopened', block: id }],
  };
}

const mayRetry = ({ question, allowRetry }: Check, response: QuestionResponse): boolean =>
  allowRetry !== false && gradeResponse(question, response).result !== 'correct';

/** After two tries the learner may see the answer beside being allowed to try on. */
const TRIES_BEFORE_SOLUTION = 2;

export function checkView(index: CourseIndex, state: LearnerState, id: string): CheckView | undefined {
  const check = checkOf(index, id);
  const question = index.checkQuestion(id);
  if (check === undefined || question === undefined) return undefined;
  const { tries, response } = state.checks[id] ?? { tries: 0 };
  const order = orderOf(question, `${state.registration}:${id}`, false);
  if (response === undefined) {
    return { question, order, tries, locked: false, feedback: [], showsSolution: false, mayRetry: false };
  }
  const again = mayRetry(check, response);
  return {
    question,
    order,
    tries,
    response,
    locked: true,
    grade: gradeResponse(question, response),
    feedback: feedbackOn(question, response),
    showsSolution: !again || tries >= TRIES_BEFORE_SOLUTION,
    mayRetry: again,
  };
}
