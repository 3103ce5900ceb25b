/** What the linter says about a scenario. */
import type { Problem, Severity } from '../../src/platform/errors.js';

interface ProblemKind {
  readonly severity: Severity;
  readonly description: string;
  readonly hint: string;
}

/** Every kind of problem: how much it weighs, what it means, how to mend it. */
export const scenarioProblemKinds = {
  NO_ENDING: {
    severity: 'ERROR',
    description: 'No ending can be reached from the first node',
    hint: 'Add an ending, and lead at least one way to it.',
  },
  DANGLING_TARGET: {
    severity: 'ERROR',
    description: 'An exit leads to a node that is not in the scenario',
    hint: 'Choose a node of this scenario as the target, or delete the exit.',
  },
  UNKNOWN_VARIABLE: {
    severity: 'ERROR',
    description: 'A guard or an effect names a variable that is not in the scenario',
    hint: 'Choose a variable of this scenario, or delete the condition or the effect.',
  },
  MISMATCHED_VALUE: {
    severity: 'ERROR',
    description: 'A guard or an effect gives a number for a boolean variable, or the other way round',
    hint: 'Give `number` for a number variable and `boolean` for a boolean variable.',
  },
  DEAD_END: {
    severity: 'ERROR',
    description: 'The learner can get to a node from which, with the variables as they then are, no exit is open',
    hint: 'Add an exit without a guard, or loosen the guards of the exits that are there.',
  },
  LOOP_WITHOUT_EXIT: {
    severity: 'ERROR',
    description: 'The learner can get into a loop that never comes to an ending',
    hint: 'Add a way out of the loop that opens at some point.',
  },
  UNREACHABLE_NODE: {
    severity: 'WARNING',
    description: 'No way leads to the node from the first node',
    hint: 'Lead an exit to the node, or delete it.',
  },
  GUARD_NEVER_HOLDS: {
    severity: 'WARNING',
    description: 'The guard of an exit holds in no situation in which the learner can be at its node',
    hint: 'Check the values that the variables can have there, and change the guard, or delete the exit.',
  },
  EDGE_NEVER_TAKEN: {
    severity: 'WARNING',
    description: 'An edge is never taken, because one before it always is',
    hint: 'Move the edge before the one that hides it, or delete it.',
  },
  IGNORED_EXIT: {
    severity: 'WARNING',
    description:
      'An exit of a kind that its node does not have: an edge of a decision, a choice of another node, any exit of an ending',
    hint: 'Delete the exit, or move it to a node of the right kind.',
  },
  MISSING_FEEDBACK: {
    severity: 'WARNING',
    description: 'A choice has no feedback',
    hint: 'Say in a sentence or two what the choice brings about, and why.',
  },
  LONGEST_IS_RIGHT: {
    severity: 'WARNING',
    description: 'The best choice is nearly always the longest one, so that it can be guessed without reading',
    hint: 'Shorten some of the best choices, or give the others as much detail.',
  },
  FIRST_IS_RIGHT: {
    severity: 'WARNING',
    description: 'The best choice is nearly always the first one, so that it can be guessed without reading',
    hint: 'Move some of the best choices to other places.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ScenarioProblemCode = keyof typeof scenarioProblemKinds;

/** A problem of a scenario; its path begins at the scenario: `['nodes', '3', 'choices', '0']`. */
export interface ScenarioProblem extends Problem {
  readonly code: ScenarioProblemCode;
  readonly severity: Severity;
  readonly hint: string;
  /** The node or exit that is to be mended; absent when the problem is the scenario's as a whole. */
  readonly elementId?: string;
  /** The ids of the exits of a shortest way to the problem, where one was found. */
  readonly trail?: readonly string[];
}

/** Figures that cannot be known within the linter's bounds are absent. */
export interface ScenarioReport {
  /** False when there were too many situations to look at each; the figures are then bounds, and problems may be missed. */
  readonly exact: boolean;
  readonly problems: readonly ScenarioProblem[];
  readonly counts: ScenarioCounts;
  readonly score: ScoreFigures;
  readonly paths?: PathCount;
  readonly readingSeconds: ReadingFigures;
  readonly bias?: ChoiceBias;
}

export interface ScenarioCounts {
  readonly nodes: number;
  readonly decisions: number;
  readonly choices: number;
  readonly endings: number;
  readonly variables: number;
  /** Situations that the learner can get into: a node together with the variables that guards ask for. */
  readonly situations: number;
}

/** Scores of endings, 0 to 100. */
export interface ScoreFigures {
  readonly minimum?: number;
  readonly maximum?: number;
  /** Mean score of plays that end, when every open choice is as likely as any other. */
  readonly expected?: number;
}

/** Ways from the first node to an ending that get into no situation twice. */
export interface PathCount {
  readonly count: number;
  /** True when there are more than were counted. */
  readonly capped: boolean;
}

/** Seconds of reading from the first node to an ending, choices and feedback included. */
export interface ReadingFigures {
  readonly minimum?: number;
  /** Mean of plays that end, when every open choice is as likely as any other. */
  readonly mean?: number;
  /** Longest way that gets into no situation twice. */
  readonly maximum?: number;
}

/** At how many decisions the best choice could be told by its place or its length. */
export interface ChoiceBias {
  /** Decisions at which one choice leads to a better expected score than all others. */
  readonly decisions: number;
  readonly longestIsRight: number;
  readonly firstIsRight: number;
}
