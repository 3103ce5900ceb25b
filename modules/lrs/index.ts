export { LrsModule } from './lrs.module.js';
export { StatementFeed } from './statement-feed.js';
