import { hash } from 'node:crypto';

/** Kinds of terms that only facts have; termKey of the LRS makes those of agents, activities and verbs. */
type OwnKind = 'type' | 'registration' | 'response' | 'context';

/** 128 bits of a SHA-256, in hexadecimal: texts have no greatest length, keys of an index do. */
export const ownKey = (kind: OwnKind, value: string): string => hash('sha256', `${kind} ${value}`, 'hex').slice(0, 32);
