import {
  follow,
  nodeOf,
  openChoices,
  openEdge,
  startOf,
  type ScenarioLesson,
  type ScenarioState,
} from '../../exporters/document/index.js';

/** What the learner does at one node: makes a choice, or goes on. */
export type Move = { readonly choice: string } | 'continue';

interface Walk {
  readonly state: ScenarioState;
  readonly moves: readonly Move[];
}

/** The shortest way through a scenario to the best score that can be had. */
export function bestPath(lesson: ScenarioLesson): Move[] {
  const start = startOf(lesson);
  let walks: Walk[] = start === undefined ? [] : [{ state: start, moves: [] }];
  const seen = new Set<string>();
  let best: { score: number; moves: readonly Move[] } = { score: -1, moves: [] };
  while (walks.length > 0) {
    const fresh = walks.filter(({ state }) => !seen.has(JSON.stringify(state)));
    for (const { state } of fresh) seen.add(JSON.stringify(state));
    for (const { state, moves } of fresh) {
      const node = nodeOf(lesson, state.node);
      if (node?.kind === 'ending' && node.score > best.score) best = { score: node.score, moves };
    }
    walks = fresh.flatMap((walk) => stepsFrom(lesson, walk));
  }
  return [...best.moves];
}

function stepsFrom(lesson: ScenarioLesson, { state, moves }: Walk): Walk[] {
  const node = nodeOf(lesson, state.node);
  if (node === undefined || node.kind === 'ending') return [];
  if (node.kind === 'decision') {
    return openChoices(node, state.variables).map((choice) => ({
      state: follow(lesson, state, choice),
      moves: [...moves, { choice: choice.text }],
    }));
  }
  const edge = openEdge(node, state.variables);
  return edge === undefined ? [] : [{ state: follow(lesson, state, edge), moves: [...moves, 'continue'] }];
}
