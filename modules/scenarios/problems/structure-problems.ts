/** Problems that a scenario's parts show without being played. */
import type { Effect, Guard, Scenario, ScenarioNode, ScenarioVariable } from '../../../exporters/document/index.js';
import { labelOf } from './label.js';
import type { Finding } from './finding.js';
import { exitsOf, type Exit } from '../graph/situation-graph.js';

type Variables = ReadonlyMap<string, ScenarioVariable>;

function valueProblems(
  exit: Exit,
  { variable: id, number }: Guard['conditions'][number] | Effect,
  variables: Variables,
): Finding[] {
  const variable = variables.get(id);
  const elementId = exit.id;
  if (variable === undefined) {
    const message = `The ${labelOf(exit)} names the variable ${id}, which does not exist.`;
    return [{ code: 'UNKNOWN_VARIABLE', message, elementId }];
  }
  const given = number === undefined ? 'boolean' : 'number';
  if (given === variable.kind) return [];
  const message = `The ${labelOf(exit)} gives a ${given} for "${variable.name}", which is a ${variable.kind}.`;
  return [{ code: 'MISMATCHED_VALUE', message, elementId }];
}

function targetProblems(exit: Exit, nodeIds: ReadonlySet<string>): Finding[] {
  if (nodeIds.has(exit.target)) return [];
  const message = `The ${labelOf(exit)} leads to ${exit.target}, which is no node of the scenario.`;
  return [{ code: 'DANGLING_TARGET', message, elementId: exit.id }];
}

function feedbackProblems(exit: Exit): Finding[] {
  if (exit.kind === 'edge' || (exit.feedback ?? '').trim() !== '') return [];
  return [{ code: 'MISSING_FEEDBACK', message: `The ${labelOf(exit)} has no feedback.`, elementId: exit.id }];
}

function ignoredExits(node: ScenarioNode): Finding[] {
  const used = new Set(exitsOf(node));
  return [...node.choices, ...node.edges]
    .filter((exit) => !used.has(exit))
    .map((exit) => {
      const message = `The ${labelOf(exit)} of the ${labelOf(node)} is never used.`;
      return { code: 'IGNORED_EXIT', message, elementId: exit.id };
    });
}

/** Dangling targets, unknown variables, values of the wrong type, missing feedback, exits that are never used. */
export function structureProblems({ nodes, variables: list }: Scenario): Finding[] {
  const variables = new Map(list.map((variable) => [variable.id, variable]));
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const problemsOf = (exit: Exit): Finding[] => [
    ...[...(exit.guard?.conditions ?? []), ...(exit.effects ?? [])].flatMap((value) =>
      valueProblems(exit, value, variables),
    ),
    ...targetProblems(exit, nodeIds),
    ...feedbackProblems(exit),
  ];
  return nodes.flatMap((node) => [...exitsOf(node).flatMap(problemsOf), ...ignoredExits(node)]);
}
