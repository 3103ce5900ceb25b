import type { Principal, Scope } from '../../../src/platform/access/principal.js';
import type { Place } from './ndjson-lines.js';

export type ImportStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** Statements of a file on their way into the store. */
export interface StatementImport {
  readonly id: string;
  readonly fileName: string | undefined;
  /** Size and SHA-256 (hexadecimal) of the file as it was sent. */
  readonly bytes: number;
  readonly sha256: string;
  readonly status: ImportStatus;
  /** How often the job was begun. */
  readonly attempts: number;
  /** Up to where the file is dealt with. */
  readonly checkpoint: Place;
  /** 0 to 100, of the bytes of the file. */
  readonly progress: number;
  readonly counts: ImportCounts;
  /** Why it failed. */
  readonly error: string | undefined;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
}

/** What became of the lines up to the checkpoint; empty lines are none of these. */
export interface ImportCounts {
  /** Stored now, or before and the same. */
  readonly stored: number;
  readonly refused: number;
}

/** A line that was not stored, and why. */
export interface Refusal {
  readonly line: number;
  readonly statementId: string | undefined;
  readonly code: string;
  readonly message: string;
  /** From the statement's root. */
  readonly path: readonly string[];
}

/** Who asked for an import, as it is kept until the job gets to it. */
export interface Importer extends Omit<Principal, 'organizationId' | 'scopes' | 'restriction'> {
  readonly scopes: readonly Scope[];
}

export function importerOf({ organizationId: _, restriction: __, scopes, ...rest }: Principal): Importer {
  return { ...rest, scopes: [...scopes] };
}

export const principalOf = (organizationId: string, { scopes, ...rest }: Importer): Principal => ({
  ...rest,
  organizationId,
  scopes: new Set(scopes),
});

export const isFinished = ({ status }: StatementImport): boolean => status !== 'QUEUED' && status !== 'RUNNING';

/** Where the file lies in the blob storage. */
export const blobKeyOf = (organizationId: string, importId: string): string =>
  `imports/${organizationId}/${importId}.ndjson`;
