/** Scenarios: what was reached in all runs, and the current run as one digit for each exit taken. */
import { startOf, type ScenarioState, type VariableValue } from '../../../document/scenario/engine.js';
import type { ScenarioVariable } from '../../../document/scenario/scenario.js';
import type { ScenarioLesson } from '../../../document/tree.js';
import { digitsOf, fingerprint, flagged, flagsLength, flagsOf, numberOf, numbersOf } from '../digits.js';
import { KIND_MARKS, type Keeper } from './keeper.js';
import type { LearnerState, ScenarioProgress, ScenarioRun } from '../learner-state.js';
import { MAX_EXITS, exitsOf, longestWalk, startsAtTheStart, walk } from '../scenario-walk.js';

const HEAD = { complete: 1, runs: 2, best: 2 } as const;
const SHAPE_DIGITS = 2;
const NODE_DIGITS = 2;
const FROM_THE_START = '0';
const FROM_A_NODE = '1';

/** What endings and runs rest on: they name nodes and exits by their place. */
const shapeOf = ({ variables, nodes }: ScenarioLesson): string =>
  JSON.stringify([
    variables.map((variable) => [variable.id, variable.kind === 'number' ? [variable.minimum, variable.maximum] : 0]),
    nodes.map((node) => [node.id, node.kind, exitsOf(node).map(({ id, target }) => [id, target])]),
  ]);

const endingsOf = ({ nodes }: ScenarioLesson): string[] =>
  nodes.filter(({ kind }) => kind === 'ending').map(({ id }) => id);

const digitsFor = (variable: ScenarioVariable): number =>
  variable.kind === 'number' && variable.maximum - variable.minimum >= 64 ? 2 : 1;

const packValue = (variable: ScenarioVariable, value: VariableValue | undefined): string =>
  digitsOf(variable.kind === 'number' ? Number(value) - variable.minimum : Number(value), digitsFor(variable));

const unpackValue = (variable: ScenarioVariable, packed: number): VariableValue =>
  variable.kind === 'number' ? Math.min(variable.maximum, variable.minimum + packed) : packed === 1;

function packStart(scenario: ScenarioLesson, { node, variables }: ScenarioState): string {
  return (
    digitsOf(
      scenario.nodes.findIndex(({ id }) => id === node),
      NODE_DIGITS,
    ) + scenario.variables.map((variable) => packValue(variable, variables[variable.id])).join('')
  );
}

const startLength = ({ variables }: ScenarioLesson): number =>
  variables.reduce((sum, variable) => sum + digitsFor(variable), NODE_DIGITS);

function unpackStart(scenario: ScenarioLesson, packed: string): ScenarioState | undefined {
  const fields = numbersOf(packed, NODE_DIGITS, ...scenario.variables.map(digitsFor));
  const [place, ...values] = fields?.values ?? [];
  const node = place === undefined ? undefined : scenario.nodes[place];
  if (node === undefined) return undefined;
  const variables = scenario.variables.map((variable, index) => [
    variable.id,
    unpackValue(variable, values[index] ?? 0),
  ]);
  return { node: node.id, variables: Object.fromEntries(variables) as ScenarioState['variables'] };
}

function packRun(scenario: ScenarioLesson, run: ScenarioRun): string {
  const start = startsAtTheStart(scenario, run.start) ? FROM_THE_START : FROM_A_NODE + packStart(scenario, run.start);
  const steps = walk(scenario, run) ?? [];
  return (
    start + steps.map(({ node, exit }) => (exit === undefined ? '' : digitsOf(exitsOf(node).indexOf(exit), 1))).join('')
  );
}

function unpackRun(scenario: ScenarioLesson, packed: string): ScenarioRun | undefined {
  const fromTheStart = packed.startsWith(FROM_THE_START);
  const length = fromTheStart ? 0 : startLength(scenario);
  const start = fromTheStart ? startOf(scenario) : unpackStart(scenario, packed.slice(1));
  if (start === undefined || packed === '') return undefined;
  let run: ScenarioRun = { start, exits: [] };
  for (const digit of packed.slice(1 + length)) {
    const node = walk(scenario, run)?.at(-1)?.node;
    const exit = node && exitsOf(node)[numberOf(digit) ?? -1];
    if (exit === undefined) return undefined;
    run = { start, exits: [...run.exits, exit.id] };
  }
  return walk(scenario, run) && run;
}

function maxRunLength(scenario: ScenarioLesson): number {
  const longest = longestWalk(scenario);
  const isKeptWhole = longest !== undefined && longest <= MAX_EXITS;
  return isKeptWhole ? FROM_THE_START.length + longest : FROM_A_NODE.length + startLength(scenario) + MAX_EXITS;
}

function unpackProgress(scenario: ScenarioLesson, shape: string, packed: string) {
  const fields = numbersOf(packed, HEAD.complete, HEAD.runs, HEAD.best);
  const [complete, runs, best] = fields?.values ?? [];
  if (fields === undefined || runs === undefined || best === undefined) return undefined;
  const fits = fields.rest.startsWith(shape);
  const details = fields.rest.slice(shape.length);
  const flags = flagsLength(endingsOf(scenario));
  const run = fits ? unpackRun(scenario, details.slice(flags)) : undefined;
  const progress: ScenarioProgress = {
    runs,
    endings: (fits ? flagged(endingsOf(scenario), details.slice(0, flags)) : undefined) ?? [],
    ...(best === 0 ? {} : { best: Math.min(100, best - 1) }),
    ...(run === undefined ? {} : { run }),
  };
  return { complete: complete === 1, progress };
}

/** What was reached in a scenario survives a change of its nodes; the current run does not. */
export function scenarioKeeper(scenario: ScenarioLesson, slot: number): Keeper {
  const { id } = scenario;
  const mark = KIND_MARKS.scenario;
  const shape = fingerprint(shapeOf(scenario), SHAPE_DIGITS);
  const endings = endingsOf(scenario);
  return {
    id,
    slot,
    maxLength:
      mark.length +
      (HEAD.complete + HEAD.runs + HEAD.best) +
      shape.length +
      flagsLength(endings) +
      maxRunLength(scenario),
    pack(state) {
      const progress = state.scenarios[id];
      if (progress === undefined) return undefined;
      return (
        mark +
        digitsOf(Number(state.completed.includes(id)), HEAD.complete) +
        digitsOf(progress.runs, HEAD.runs) +
        digitsOf(progress.best === undefined ? 0 : progress.best + 1, HEAD.best) +
        shape +
        flagsOf(endings, progress.endings) +
        (progress.run === undefined ? '' : packRun(scenario, progress.run))
      );
    },
    unpack(state, packed): LearnerState {
      const kept = packed.startsWith(mark) ? unpackProgress(scenario, shape, packed.slice(mark.length)) : undefined;
      if (kept === undefined) return state;
      return {
        ...state,
        completed: kept.complete ? [...state.completed, id] : state.completed,
        scenarios: { ...state.scenarios, [id]: kept.progress },
      };
    },
  };
}
