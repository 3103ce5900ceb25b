/** The documents of state, activity profiles and agent profiles (Comm 2.2). */
import { hash } from 'node:crypto';

/** Whose documents: of an agent, of an activity, or, for state, of an agent in an activity. */
export interface DocumentOwner {
  /** Key of the agent; see termKey. */
  readonly agentKey?: string;
  readonly activityId?: string;
}

/** Documents of an owner; of one registration when it is given, otherwise of all and of none. */
export interface DocumentPlace extends DocumentOwner {
  /** A UUID in lower case; only state has any. */
  readonly registration?: string;
}

/** One document. Without a registration it is the one that belongs to none. */
export interface DocumentAddress extends DocumentPlace {
  /** Of any length, with any character: stateId or profileId. */
  readonly id: string;
}

/** What is sent, and what comes back byte for byte. */
export interface DocumentContent {
  /** The header as it was sent. */
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** SHA-1 in lower-case hexadecimal, without quotes: what 1.0.3 wants as entity tag (Comm 3.1). */
export const entityTagOf = (content: string | Buffer): string => hash('sha1', content, 'hex');

/** What is known of a stored document besides its content. */
export interface DocumentHead {
  readonly contentType: string;
  /** See {@link entityTagOf}. */
  readonly etag: string;
  /** Octets. */
  readonly size: number;
  readonly updated: Date;
}

export interface StoredDocument extends DocumentHead {
  /** The content in pieces: large ones are never in memory twice. */
  readonly pieces: readonly Buffer[];
}

/** Ids of documents as a JSON list, the longest unchanged first. */
export interface DocumentIds {
  readonly json: string;
  /** When the latest of them was changed; undefined when there is none. */
  readonly updated: Date | undefined;
}

/** A document of a person, as reports about the person tell it. */
export interface PersonalDocument {
  readonly id: string;
  /** Undefined for a document of the agent's profile. */
  readonly activityId: string | undefined;
  readonly registration: string | undefined;
  readonly contentType: string;
  /** Octets. */
  readonly size: number;
  readonly updated: Date;
}
