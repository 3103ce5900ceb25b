export { lintScenario } from './lint-scenario.js';
export type { ScenarioProblem, ScenarioReport } from './scenario-report.js';
export { ScenariosModule } from './scenarios.module.js';
