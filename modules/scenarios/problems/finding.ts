import type { Scenario } from '../../../exporters/document/index.js';
import { scenarioProblemKinds, type ScenarioProblem, type ScenarioProblemCode } from '../scenario-report.js';

/** A problem as it is found: what it is, and at which node or exit. */
export interface Finding {
  readonly code: ScenarioProblemCode;
  readonly message: string;
  readonly elementId?: string;
  readonly trail?: readonly string[];
}

function pathsOf({ nodes }: Scenario): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  nodes.forEach(({ id, choices, edges }, place) => {
    const path = ['nodes', String(place)];
    paths.set(id, path);
    choices.forEach((choice, index) => paths.set(choice.id, [...path, 'choices', String(index)]));
    edges.forEach((edge, index) => paths.set(edge.id, [...path, 'edges', String(index)]));
  });
  return paths;
}

/** The findings with what an author needs to mend them: how much they weigh, where they are, and what to do. */
export function reported(scenario: Scenario, findings: readonly Finding[]): ScenarioProblem[] {
  const paths = pathsOf(scenario);
  return findings.map((finding) => {
    const { severity, hint } = scenarioProblemKinds[finding.code];
    return { ...finding, severity, hint, path: paths.get(finding.elementId ?? '') ?? [] };
  });
}
