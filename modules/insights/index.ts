export { TooCostlyError } from './graphql/aggregate.graphql.js';
export { STATEMENT_CHOICE, StatementChoice, StatementFilter } from './graphql/filter.graphql.js';
export { filterOf, filterOfText, filterText } from './graphql/filter.view.js';
export { TooCostly } from './insights.errors.js';
export { InsightsModule } from './insights.module.js';
export { FactsProjectionModule } from './projection/facts-projection.module.js';
export { FactsProjector } from './projection/facts-projector.js';
export { FactsReader } from './statements/facts-reader.js';
export type { FilteredRange, StatementFilter as FilterOfStatements } from './statements/statement-filter.js';
export { StatementScan } from './statements/statement-scan.js';
export {
  StatementSelectionStore,
  type SelectedAttachments,
  type SelectionSummary,
  type StatementSelection,
} from './statements/statement-selection.store.js';
