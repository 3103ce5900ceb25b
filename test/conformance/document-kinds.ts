/** The three resources of documents, as their tests speak to them. */
import { randomUUID } from 'node:crypto';
import type { XapiAnswer } from '../support/statements.js';
import { MAN } from './fixtures.js';
import type { Lrs, Query } from './lrs.js';

/** Of a document that must not be there yet. */
export const NEW = { 'if-none-match': '*' };
const AGENT = JSON.stringify(MAN);

export interface Kind {
  readonly name: string;
  readonly path: string;
  readonly idName: 'stateId' | 'profileId';
  /** Parameters without the id, of a place that no other test uses. */
  readonly place: () => Query;
}

export const KINDS = {
  state: {
    name: 'state',
    path: '/activities/state',
    idName: 'stateId',
    place: () => ({ activityId: `urn:activity:${randomUUID()}`, agent: AGENT }),
  },
  agent: {
    name: 'agent profile',
    path: '/agents/profile',
    idName: 'profileId',
    place: () => ({ agent: JSON.stringify({ mbox: `mailto:${randomUUID()}@example.com` }) }),
  },
  activity: {
    name: 'activity profile',
    path: '/activities/profile',
    idName: 'profileId',
    place: () => ({ activityId: `urn:activity:${randomUUID()}` }),
  },
} as const satisfies Record<string, Kind>;

export const addressIn = (kind: Kind, place = kind.place(), id = 'one'): Query => ({ ...place, [kind.idName]: id });
export const requests = (lrs: Lrs, kind: Kind) => ({
  put: (query: Query, body: unknown, headers: Query = NEW) => lrs.send('PUT', kind.path, { query, body, headers }),
  post: (query: Query, body: unknown, headers: Query = {}) => lrs.send('POST', kind.path, { query, body, headers }),
  get: (query: Query) => lrs.send('GET', kind.path, { query }),
  delete: (query: Query, headers: Query = {}) => lrs.send('DELETE', kind.path, { query, headers }),
});
export const statusOf = async (answer: Promise<XapiAnswer>) => (await answer).status;
