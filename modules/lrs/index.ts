export { parseCourseActivity } from './course-activity.js';
export { LrsModule } from './lrs.module.js';
export { StatementFeed } from './statement-feed.js';
export { StatementHistory, type RecordedStatement } from './statement-history.store.js';
export { StatementsModule } from './statements.module.js';
export { storedAt } from './stored-statement.js';
export { identifierOf } from './xapi/identity.js';
export {
  contextActivitiesOf,
  isActivity,
  type Activity,
  type Actor,
  type Extensions,
  type Statement,
} from './xapi/statement.js';
export { termKey } from './xapi/terms.js';
export { parseDuration, parseTimestamp } from './xapi/time.js';
