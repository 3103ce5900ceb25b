/** Enums of exports, and descriptions that inputs and objects share. */
import { registerEnumType } from '@nestjs/graphql';
import type { ExportFormatName, ExportStatus } from './statement-export.js';

export const ExportFormatEnum = { NDJSON: 'NDJSON', CSV: 'CSV', PARQUET: 'PARQUET' } as const satisfies Record<
  ExportFormatName,
  ExportFormatName
>;

registerEnumType(ExportFormatEnum, {
  name: 'StatementExportFormat',
  description: 'Kinds of files of statements.',
  valuesMap: {
    NDJSON: {
      description:
        'Newline-delimited JSON: each line is a statement exactly as it is stored. What another LRS, and /statement-imports, reads.',
    },
    CSV: { description: 'A table for spreadsheets (RFC 4180, UTF-8), with a line of names at the top.' },
    PARQUET: { description: 'A table with types, by columns, for data warehouses and analysis.' },
  },
});

export const ExportStatusEnum = {
  QUEUED: 'QUEUED',
  RUNNING: 'RUNNING',
  DONE: 'DONE',
  FAILED: 'FAILED',
  DELETED: 'DELETED',
  EXPIRED: 'EXPIRED',
} as const satisfies Record<ExportStatus, ExportStatus>;

registerEnumType(ExportStatusEnum, {
  name: 'StatementExportStatus',
  description: 'How far an export of statements is.',
  valuesMap: {
    QUEUED: { description: 'Its job has not begun, or waits for another attempt; then `error` says why.' },
    RUNNING: { description: 'The file is being written.' },
    DONE: { description: 'The file can be downloaded.' },
    FAILED: { description: 'It could not go on; `error` says why. There is no file.' },
    DELETED: { description: 'Somebody deleted the file, or stopped it before it was there.' },
    EXPIRED: { description: 'The file was deleted because its time was over.' },
  },
});

export const DESCRIPTIONS = {
  compressed: 'NDJSON and CSV: the file is gzip. PARQUET: the pages in the file are, which readers undo by themselves.',
  includeVoided: 'Statements that are voided are in the file, too. Tables say which in a column.',
  json: 'A last column with the whole statement as JSON, as it is stored.',
  language:
    'Which language of names and descriptions is shown, as Accept-Language says it, for example `de, en;q=0.8`. Left out: the first.',
  guardFormulas:
    'CSV: a text that begins with =, +, -, @, a tab or a line end gets an apostrophe in front. Otherwise spreadsheets may ' +
    'run as a formula what a learner has typed. PARQUET: nothing.',
} as const;
