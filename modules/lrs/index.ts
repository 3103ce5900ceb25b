export { parseCourseActivity } from './course-activity.js';
export { LrsModule } from './lrs.module.js';
export { StatementCompanions, type AddedStatement, type CompanionWork } from './statements/statement-companions.js';
export type { PreparedStatement } from './statements/prepared-statement.js';
export { StatementPolicies } from './statements/statement-policies.js';
export { StatementFeed } from './statements/statement-feed.js';
export { StatementHistory, type RecordedStatement } from './statements/statement-history.store.js';
export { StatementsModule } from './statements/statements.module.js';
export { positionAt, storedAt } from './statements/stored-statement.js';
export { identifierOf } from './xapi/identity.js';
export { inOneLanguage, parseAcceptLanguage } from './xapi/accept-language.js';
export {
  contextActivitiesOf,
  isActivity,
  isActor,
  isStatementRef,
  isVoiding,
  type Activity,
  type Actor,
  type Context,
  type ContextActivityKind,
  type Extensions,
  type LanguageMap,
  type Statement,
  type StatementBody,
  type StatementObject,
} from './xapi/statement.js';
export { termKey, termsOf } from './xapi/terms.js';
export { parseDuration, parseTimestamp } from './xapi/time.js';
