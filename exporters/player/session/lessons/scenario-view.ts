/** What a scenario shows: the way so far, and the ways on. */
import { applyEffects } from '../../../document/scenario/engine.js';
import type { ScenarioLesson } from '../../../document/tree.js';
import type { LearnerState } from '../../state/learner-state.js';
import { startsAtTheStart, walk, type WalkStep } from '../../state/scenario-walk.js';
import { waysOut, wayOn } from './scenarios.js';
import type { ScenarioStep, ScenarioView } from '../views.js';

const shownStep = (scenario: ScenarioLesson, { node, variables, exit }: WalkStep): ScenarioStep =>
  exit === undefined
    ? { node, variables }
    : { node, variables, exit, variablesAfter: applyEffects(scenario, variables, exit.effects) };

/** What the learner can do at the last step. */
const waysFrom = (here: WalkStep | undefined): Pick<ScenarioView, 'choices' | 'mayAdvance'> => ({
  choices: here === undefined ? [] : waysOut(here),
  mayAdvance: here !== undefined && wayOn(here) !== undefined,
});

function phaseOf(here: WalkStep | undefined): ScenarioView['phase'] {
  if (here === undefined) return 'introduction';
  return here.node.kind === 'ending' ? 'ended' : 'running';
}

export function scenarioView(scenario: ScenarioLesson, state: LearnerState): ScenarioView {
  const progress = state.scenarios[scenario.id];
  const run = progress?.run;
  const steps = (run && walk(scenario, run)) ?? [];
  const here = steps.at(-1);
  return {
    phase: phaseOf(here),
    run: progress?.runs ?? 0,
    steps: steps.map((step) => shownStep(scenario, step)),
    shortened: run !== undefined && !startsAtTheStart(scenario, run.start),
    ...waysFrom(here),
    meters: scenario.variables
      .filter(({ shown }) => shown === true)
      .map((variable) => ({ variable, value: here?.variables[variable.id] ?? variable.initial })),
    endings: progress?.endings ?? [],
    ...(progress?.best === undefined ? {} : { best: progress.best }),
  };
}
