import { storedAt } from '../../lrs/index.js';
import { fileNameOf } from './file-name.js';
import { formatOf } from './formats/formats.js';
import type { StatementExportObject } from './statement-export.graphql.js';
import type { StatementExport } from './statement-export.js';

/** Without `url`, which is made for whoever asks. */
export function toView(shown: StatementExport): Omit<StatementExportObject, 'url'> {
  const { id, format, options, filter, status, end, done, error, createdAt, finishedAt, expiresAt } = shown;
  const { compressed, includeVoided, json, language, guardFormulas } = options;
  return {
    id,
    format,
    compressed,
    includeVoided,
    status,
    createdAt,
    statements: done.statements,
    bytes: done.bytes,
    progress: percentOf(shown),
    fileName: fileNameOf(shown),
    ...(formatOf(format).isTable && { table: { json, guardFormulas, ...(language !== undefined && { language }) } }),
    ...(filter !== undefined && { filter }),
    ...(end && { consistentThrough: new Date(storedAt(end.before)) }),
    ...(error !== undefined && { error }),
    ...(finishedAt && { finishedAt }),
    ...(expiresAt && { expiresAt }),
  };
}

function percentOf({ status, end, done }: StatementExport): number {
  if (status === 'DONE' || status === 'EXPIRED') return 100;
  if (!end || end.expected === 0) return 0;
  return Math.min(99, Math.floor((done.lookedAt / end.expected) * 100));
}
