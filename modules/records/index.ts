export { ProjectionModule } from './projection/projection.module.js';
export { RecordProjector } from './projection/record-projector.js';
export { RecordsModule } from './records.module.js';
