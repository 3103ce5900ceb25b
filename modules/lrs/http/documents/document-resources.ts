/** The three resources of documents, and what tells them apart (Comm 2.3, 2.6, 2.7). */
import type { DocumentAddress, DocumentPlace } from '../../documents/document.js';
import type { UnconditionalPut } from '../../documents/documents.service.js';
import { identifierOf } from '../../xapi/identity.js';
import { termKey } from '../../xapi/terms.js';
import { Parameters, required } from '../parameters.js';
import type { XapiVersion } from '../version.js';

export interface DocumentResource {
  readonly path: string;
  /** The parameter that names a document. */
  readonly id: 'stateId' | 'profileId';
  /** Those that name the place. All but the registration are required. */
  readonly place: readonly ('activityId' | 'agent' | 'registration')[];
  /** Whether DELETE without an id deletes everything in the place. */
  readonly deletesAll: boolean;
  /** What PUT may do without If-Match and If-None-Match (Comm 3.1; IEEE 9274.1.1 4.1.4). */
  readonly unconditionalPut: Readonly<Record<XapiVersion, UnconditionalPut>>;
}

export const DOCUMENT_RESOURCES: readonly DocumentResource[] = [
  {
    path: '/activities/state',
    id: 'stateId',
    place: ['activityId', 'agent', 'registration'],
    deletesAll: true,
    unconditionalPut: { '1.0.3': 'REPLACES', '2.0.0': 'CREATES' },
  },
  {
    path: '/activities/profile',
    id: 'profileId',
    place: ['activityId'],
    deletesAll: false,
    unconditionalPut: { '1.0.3': 'REFUSED', '2.0.0': 'CREATES' },
  },
  {
    path: '/agents/profile',
    id: 'profileId',
    place: ['agent'],
    deletesAll: false,
    unconditionalPut: { '1.0.3': 'REFUSED', '2.0.0': 'CREATES' },
  },
];

/** @throws BadRequest for parameters that are missing, wrong, or of no use with one document */
export function addressOf({ place, id }: DocumentResource, query: unknown): DocumentAddress {
  const parameters = new Parameters(query, [...place, id]);
  return { ...placeIn(parameters, place), id: required(id, parameters.text(id)) };
}

/** @throws BadRequest for parameters that are missing, wrong, or of no use with all documents of a place */
export function everythingIn({ place }: DocumentResource, query: unknown): DocumentPlace {
  return placeIn(new Parameters(query, place), place);
}

/** @throws BadRequest as {@link everythingIn} */
export function listOf({ place }: DocumentResource, query: unknown): { place: DocumentPlace; since: Date | undefined } {
  const parameters = new Parameters(query, [...place, 'since']);
  const since = parameters.timestamp('since');
  return { place: placeIn(parameters, place), since: since === undefined ? undefined : new Date(since) };
}

/** Whether the request names a document; otherwise it is about all of a place. */
export const namesDocument = ({ id }: DocumentResource, query: unknown): boolean => Object.hasOwn(query as object, id);

function placeIn(parameters: Parameters, names: DocumentResource['place']): DocumentPlace {
  const registration = names.includes('registration') ? parameters.uuid('registration') : undefined;
  return {
    ...(names.includes('activityId') ? { activityId: required('activityId', parameters.iri('activityId')) } : {}),
    ...(names.includes('agent') ? { agentKey: agentKeyOf(parameters) } : {}),
    ...(registration === undefined ? {} : { registration }),
  };
}

/** Only the identifier counts (Data 2.4.2.3). */
function agentKeyOf(parameters: Parameters): string {
  return termKey('agent', identifierOf(required('agent', parameters.agent('agent')))!);
}
