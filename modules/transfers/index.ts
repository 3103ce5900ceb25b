export { StatementExportsService } from './exports/statement-exports.service.js';
export { TransfersModule } from './transfers.module.js';
