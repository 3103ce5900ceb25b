import type { AssessmentLesson } from '../../../document/tree.js';
import { digitsOf, numbersOf } from '../digits.js';
import { KIND_MARKS, type Keeper } from './keeper.js';
import type { AssessmentAttempt, AssessmentProgress, LearnerState } from '../learner-state.js';

const HEAD = { finished: 2, best: 3, last: 3, phase: 1 } as const;
const ATTEMPT = { startedAt: 6, position: 2 } as const;
const PHASE = { none: 0, running: 1, over: 2 } as const;

const sum = (widths: Record<string, number>): number =>
  Object.values(widths).reduce((total, width) => total + width, 0);

/** A score in hundredths, one more, so that 0 says "none". */
const packScore = (score: number | undefined, digits: number): string =>
  digitsOf(score === undefined ? 0 : Math.round(score * 100) + 1, digits);

const unpackScore = (packed: number): number | undefined =>
  packed === 0 ? undefined : Math.min(100, (packed - 1) / 100);

function packAttempt(attempt: AssessmentAttempt | undefined): string {
  if (attempt === undefined) return digitsOf(PHASE.none, HEAD.phase);
  return (
    digitsOf(attempt.running ? PHASE.running : PHASE.over, HEAD.phase) +
    digitsOf(attempt.startedAt, ATTEMPT.startedAt) +
    digitsOf(attempt.position, ATTEMPT.position)
  );
}

/** The attempt without its answers: each question keeps its own. */
function unpackAttempt(phase: number, packed: string, questions: number): AssessmentAttempt | undefined {
  const [startedAt, position] = numbersOf(packed, ATTEMPT.startedAt, ATTEMPT.position)?.values ?? [];
  if (phase === PHASE.none || startedAt === undefined || position === undefined) return undefined;
  // A later version of the course may have fewer questions.
  const inside = Math.max(0, Math.min(position, questions - 1));
  return { running: phase === PHASE.running, startedAt, position: inside, answers: {} };
}

function unpackProgress(packed: string, questions: number): AssessmentProgress | undefined {
  const fields = numbersOf(packed, HEAD.finished, HEAD.best, HEAD.last, HEAD.phase);
  const [finished, bestPacked, lastPacked, phase] = fields?.values ?? [];
  if (fields === undefined || finished === undefined || bestPacked === undefined) return undefined;
  const best = unpackScore(bestPacked);
  const last = unpackScore(lastPacked ?? 0);
  const attempt = unpackAttempt(phase ?? PHASE.none, fields.rest, questions);
  return {
    finished,
    ...(best === undefined ? {} : { best }),
    ...(last === undefined ? {} : { last }),
    ...(attempt === undefined ? {} : { attempt }),
  };
}

/** Attempts and scores of an assessment. */
export function assessmentKeeper({ id, questions }: AssessmentLesson, slot: number): Keeper {
  const mark = KIND_MARKS.assessment;
  return {
    id,
    slot,
    maxLength: mark.length + sum(HEAD) + sum(ATTEMPT),
    pack(state) {
      const progress = state.assessments[id];
      if (progress === undefined) return undefined;
      const { finished, best, last, attempt } = progress;
      return (
        mark +
        digitsOf(finished, HEAD.finished) +
        packScore(best, HEAD.best) +
        packScore(last, HEAD.last) +
        packAttempt(attempt)
      );
    },
    unpack(state, packed): LearnerState {
      const progress = packed.startsWith(mark)
        ? unpackProgress(packed.slice(mark.length), questions.length)
        : undefined;
      return progress === undefined ? state : { ...state, assessments: { ...state.assessments, [id]: progress } };
    },
  };
}
