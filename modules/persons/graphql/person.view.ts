import type { PersonChange } from '../person.js';
import { agentView } from './agent.view.js';
import type { PersonChangeObject } from './person.graphql.js';

export const changeView = ({ identities, doer, ...change }: PersonChange): PersonChangeObject => ({
  ...change,
  identities: identities.map(agentView),
  doneBy: doer,
});
