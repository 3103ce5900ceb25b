export { InsightsModule } from './insights.module.js';
export { FactsProjectionModule } from './projection/facts-projection.module.js';
export { FactsProjector } from './projection/facts-projector.js';
