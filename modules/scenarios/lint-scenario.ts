/** The scenario linter: what can go wrong when a scenario is played, and what playing it is like. */
import type { Scenario } from '../../exporters/document/index.js';
import { approximate } from './graph/approximate.js';
import { biasOf, biasProblems } from './problems/bias.js';
import { componentsOf, type Component } from './graph/components.js';
import { expectationOf, type Expectation } from './figures/expectation.js';
import { explore } from './graph/explore.js';
import { readingFigures, scoreFigures } from './figures/score-and-reading.js';
import { pathsOf, type Paths } from './figures/paths.js';
import { readingTimesOf, type ReadingTimes } from './figures/reading-time.js';
import { reported } from './problems/finding.js';
import { routeProblems } from './problems/route-problems.js';
import type { ChoiceBias, ScenarioCounts, ScenarioReport } from './scenario-report.js';
import type { SituationGraph } from './graph/situation-graph.js';
import { structureProblems } from './problems/structure-problems.js';

function countsOf({ variables, nodes }: Scenario, { situations }: SituationGraph): ScenarioCounts {
  return {
    nodes: nodes.length,
    decisions: nodes.filter(({ kind }) => kind === 'decision').length,
    choices: nodes.reduce((sum, { choices }) => sum + choices.length, 0),
    endings: nodes.filter(({ kind }) => kind === 'ending').length,
    variables: variables.length,
    situations: situations.length,
  };
}

interface PlayedFigures {
  paths?: Paths;
  expectation?: Expectation;
  bias?: ChoiceBias;
}

/** What only a graph of real situations tells; in an approximation a way may be one that no learner can take. */
function playedFigures(graph: SituationGraph, components: readonly Component[], times: ReadingTimes): PlayedFigures {
  if (!graph.exact) return {};
  const expectation = expectationOf(graph, components, times);
  return {
    paths: pathsOf(graph, components, times),
    ...(expectation && { expectation, bias: biasOf(graph, expectation) }),
  };
}

/**
 * Plays every way through a scenario, by the engine of the player, and reports problems and figures. A scenario with more
 * than 20,000 situations is approximated (`exact: false`): each problem reported is still one, but some may be missed, and
 * the figures that are given are bounds. Time and memory are bounded for every scenario that the document's schema allows.
 */
export function lintScenario(scenario: Scenario): ScenarioReport {
  const graph = explore(scenario) ?? approximate(scenario);
  const components = componentsOf(graph);
  const times = readingTimesOf(graph);
  const { paths, expectation, bias } = playedFigures(graph, components, times);
  return {
    exact: graph.exact,
    problems: reported(scenario, [
      ...structureProblems(scenario),
      ...routeProblems(scenario, graph, components),
      ...(bias ? biasProblems(bias) : []),
    ]),
    counts: countsOf(scenario, graph),
    score: scoreFigures(graph, expectation),
    ...(paths && { paths: { count: paths.count, capped: paths.capped } }),
    readingSeconds: readingFigures(graph, components, times, expectation, paths?.longest),
    ...(bias && { bias }),
  };
}
