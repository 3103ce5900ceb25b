/** Actions in scenarios. */
import { openChoices, openEdge, startOf } from '../../../document/scenario/engine.js';
import type { Choice, Edge } from '../../../document/scenario/exit.js';
import type { ScenarioLesson } from '../../../document/tree.js';
import {
  COUNTER_LIMITS,
  type LearnerState,
  type ScenarioProgress,
  type ScenarioRun,
} from '../../state/learner-state.js';
import { walk, withExit, type WalkStep } from '../../state/scenario-walk.js';
import { withCompleted } from './pages.js';
import { counted, type Happening, type Scene, type Transition } from '../transition.js';

/** Where a run is now: its last step. */
const stepOf = (scenario: ScenarioLesson, run: ScenarioRun | undefined): WalkStep | undefined =>
  run && walk(scenario, run)?.at(-1);

const withProgress = (state: LearnerState, lesson: string, progress: ScenarioProgress): LearnerState => ({
  ...state,
  scenarios: { ...state.scenarios, [lesson]: progress },
});

export function startScenario(scene: Scene, lesson: string): Transition | undefined {
  const scenario = scene.index.scenario(lesson);
  const start = scenario && startOf(scenario);
  if (scenario === undefined || start === undefined) return undefined;
  const before = scene.state.scenarios[lesson];
  const runs = counted(before?.runs ?? 0, COUNTER_LIMITS.runs);
  const progress = { endings: [], ...before, runs, run: { start, exits: [] } };
  return arrive(scene, scenario, progress, { kind: 'scenarioStarted', lesson, run: runs });
}

export function choose(scene: Scene, lesson: string, id: string): Transition | undefined {
  const { index, state, timing } = scene;
  const scenario = index.scenario(lesson);
  const progress = state.scenarios[lesson];
  const step = scenario && stepOf(scenario, progress?.run);
  if (scenario === undefined || progress?.run === undefined || step?.node.kind !== 'decision') return undefined;
  const choice = openChoices(step.node, step.variables).find((candidate) => candidate.id === id);
  if (choice === undefined) return undefined;
  const run = withExit(scenario, progress.run, choice);
  return arrive(
    scene,
    scenario,
    { ...progress, run },
    {
      kind: 'decisionMade',
      lesson,
      run: progress.runs,
      node: step.node.id,
      choice: id,
      before: step.variables,
      after: stepOf(scenario, run)?.variables ?? step.variables,
      seconds: timing.taken(lesson) ?? 0,
    },
  );
}

export function advance(scene: Scene, lesson: string): Transition | undefined {
  const scenario = scene.index.scenario(lesson);
  const progress = scene.state.scenarios[lesson];
  const step = scenario && stepOf(scenario, progress?.run);
  const edge = step && wayOn(step);
  if (scenario === undefined || progress?.run === undefined || step === undefined || edge === undefined)
    return undefined;
  const run = withExit(scenario, progress.run, edge);
  const node = step.node.id;
  return arrive(scene, scenario, { ...progress, run }, { kind: 'scenarioAdvanced', lesson, run: progress.runs, node });
}

/** The edge that is open at a step; none at a decision or an ending. */
export const wayOn = ({ node, variables }: WalkStep): Edge | undefined =>
  node.kind === 'decision' || node.kind === 'ending' ? undefined : openEdge(node, variables);

/** The choices that are open at a step; none at any other node than a decision. */
export const waysOut = ({ node, variables }: WalkStep): Choice[] =>
  node.kind === 'decision' ? openChoices(node, variables) : [];

/** The state once the learner is at the last node of the run; an ending completes the lesson. */
function arrive(
  { index, state, timing }: Scene,
  scenario: ScenarioLesson,
  progress: ScenarioProgress,
  event: Happening,
): Transition {
  timing.end(scenario.id);
  timing.begin(scenario.id);
  const step = stepOf(scenario, progress.run);
  if (step?.node.kind !== 'ending') return { state: withProgress(state, scenario.id, progress), events: [event] };
  const { id: node, score } = step.node;
  const ended: ScenarioProgress = {
    ...progress,
    endings: endingsWith(scenario, progress.endings, node),
    best: Math.max(score, progress.best ?? 0),
  };
  return {
    state: withCompleted(index, withProgress(state, scenario.id, ended), scenario.id),
    events: [
      event,
      { kind: 'scenarioEnded', lesson: scenario.id, run: progress.runs, node, score, variables: step.variables },
    ],
  };
}

/** Endings in the author's order, as suspend data gives them back. */
const endingsWith = (scenario: ScenarioLesson, endings: readonly string[], ending: string): string[] =>
  scenario.nodes.map(({ id }) => id).filter((id) => id === ending || endings.includes(id));
