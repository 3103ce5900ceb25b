export type ExportStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'DELETED' | 'EXPIRED';

export type ExportFormatName = 'NDJSON' | 'CSV' | 'PARQUET';

/** What can be chosen for the file. */
export interface ExportOptions {
  /** NDJSON and CSV: the file is gzip. PARQUET: its pages are. */
  readonly compressed: boolean;
  readonly includeVoided: boolean;
  /** Of tables: a column with the whole statement. */
  readonly json: boolean;
  /** Of tables: which language of names, as Accept-Language says it. */
  readonly language?: string;
  /** Of CSV: a text that a spreadsheet would take for a formula gets an apostrophe in front. */
  readonly guardFormulas: boolean;
}

/** What is asked for. */
export interface ExportRequest {
  readonly format: ExportFormatName;
  readonly options: ExportOptions;
  /** Text of the filter; see filterOfText. Undefined: all statements. */
  readonly filter: string | undefined;
  /** Days that the file is kept once it is there. */
  readonly keepDays: number;
}

/** Statements on their way into a file. */
export interface StatementExport extends ExportRequest {
  readonly id: string;
  readonly status: ExportStatus;
  /** How often the job was begun since it got further. */
  readonly attempts: number;
  /** An attempt may still store a part, even when the export is over: it has not been told yet, or was killed. */
  readonly inHand: boolean;
  /** Where it ends, which its job finds out. */
  readonly end: ExportEnd | undefined;
  readonly done: ExportCounts;
  /** Why the last attempt came to nothing. */
  readonly error: string | undefined;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
  readonly expiresAt: Date | undefined;
}

export interface ExportEnd {
  /** The position before which statements belong to it. */
  readonly before: string;
  /** How many statements there are to look at. */
  readonly expected: number;
}

/** Up to where it is. */
export interface ExportCounts {
  /** Position of the last statement that has been dealt with. */
  readonly position: string;
  /** Statements that have been dealt with, voided ones that are left out, too. */
  readonly lookedAt: number;
  /** Those of them that are in the file. */
  readonly statements: number;
  /** Of the file. */
  readonly bytes: number;
}

/** A piece of the file; all pieces one after the other are the file. */
export interface ExportPart {
  /** From 1. */
  readonly number: number;
  readonly bytes: number;
  /** What the end of the file must say of it. */
  readonly closing: Buffer | undefined;
}

export const isFinished = ({ status }: StatementExport): boolean => status !== 'QUEUED' && status !== 'RUNNING';

/** Where a part lies in the blob storage. */
export const partKeyOf = (organizationId: string, exportId: string, number: number): string =>
  `exports/${organizationId}/${exportId}/${String(number).padStart(8, '0')}`;
