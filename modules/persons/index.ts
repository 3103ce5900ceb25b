export { withPseudonyms } from './agent-pseudonyms.js';
export { AgentAccountObject, AgentInput, AgentKind, AgentObject } from './graphql/agent.graphql.js';
export { agentOf, agentView, referenceOf } from './graphql/agent.view.js';
export { PersonInput } from './graphql/person-input.graphql.js';
export { PersonIdentities } from './person-identities.js';
export { PersonIdentitiesModule } from './person-identities.module.js';
export { SAME_PERSON } from './person.sql.js';
export type { PersonReference } from './person.js';
export { PersonsModule } from './persons.module.js';
