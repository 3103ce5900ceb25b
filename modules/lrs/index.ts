export { AttachmentCleaning } from './attachments/attachment-cleaning.js';
export { AttachmentsModule } from './attachments/attachments.module.js';
export { AttachmentsService, type AttachmentToSend, type OpenAttachment } from './attachments/attachments.service.js';
export { CatalogModule } from './catalog/catalog.module.js';
export { CatalogService } from './catalog/catalog.service.js';
export { PersonDirectory, type KnownPerson } from './catalog/person-directory.js';
export { parseCourseActivity } from './course-activity.js';
export { AccountAnswer, AccountFields, AgentAnswer, AgentFields } from './graphql/agent-fields.graphql.js';
export { DocumentsModule } from './documents/documents.module.js';
export { StateRemovalStore, type StateFilter, type StateSelection } from './documents/state-removal.store.js';
export { ErasedIdentities } from './erasure/erased-identities.js';
export type { ErasedIdentity } from './erasure/erased-identity.store.js';
export { ErasedStatements } from './erasure/erased-statements.js';
export {
  ErasureSteps,
  type ErasureBatch,
  type ErasureCounts,
  type ErasureReceiver,
  type ErasureStep,
} from './erasure/erasure-steps.js';
export { ErasureStepsModule } from './erasure/erasure-steps.module.js';
export {
  hasTraceOf,
  keyOfAgent,
  keysOf,
  tracesOf,
  type IdentityToErase,
  type PersonToErase,
} from './erasure/person-to-erase.js';
export { LrsModule } from './lrs.module.js';
export { StatementCompanions, type AddedStatement, type CompanionWork } from './statements/statement-companions.js';
export type { PreparedStatement } from './statements/prepared-statement.js';
export { YEARS_LOCK } from './statements/partitions/statement-partition.store.js';
export { StatementPartitions } from './statements/partitions/statement-partitions.js';
export { StatementPolicies } from './statements/statement-policies.js';
export {
  StatementRemovals,
  type RemovalHold,
  type RemovalParticipant,
} from './statements/removal/statement-removals.js';
export { StatementRemover } from './statements/removal/statement-remover.js';
export type { RefusedStatement } from './statements/partial-batch.js';
export { StatementsService } from './statements/statements.service.js';
export { StoringModule } from './statements/storing.module.js';
export { ProjectionUpdates } from './statements/projections/projection-updates.js';
export { ProjectionsModule } from './statements/projections/projections.module.js';
export { StatementProjector } from './statements/projections/statement-projector.js';
export { StatementFeed } from './statements/statement-feed.js';
export {
  StatementHistory,
  type RecordedStatement,
  type StatementBacklog,
} from './statements/statement-history.store.js';
export { StatementsModule } from './statements/statements.module.js';
export { positionAt, storedAt } from './statements/stored-statement.js';
export { isSameStatement } from './xapi/comparison.js';
export { ERASED, isPseudonym, pseudonymOf } from './xapi/erasure/pseudonym.js';
export type { ErasedContent } from './xapi/erasure/pseudonymise.js';
export { elementsOf, membersOf, wholeOf, type Span } from './xapi/json-text.js';
export { identifierOf } from './xapi/identity.js';
export { inOneLanguage, parseAcceptLanguage, type Preferences } from './xapi/accept-language.js';
export {
  CONTEXT_ACTIVITY_KINDS,
  contextActivitiesOf,
  isActivity,
  isActor,
  isStatementRef,
  isSubStatement,
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
export { edited, type Edit } from './xapi/text-edits.js';
export { parseDuration, parseTimestamp } from './xapi/time.js';
export type { XapiVersion } from './xapi/version.js';
export { requireXapiScope } from './xapi-scopes.js';
