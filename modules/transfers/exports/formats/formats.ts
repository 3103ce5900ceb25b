import type { ExportFormatName } from '../statement-export.js';
import { csv } from './csv.js';
import type { ExportFormat } from './format.js';
import { ndjson } from './ndjson.js';
import { parquet } from './parquet.js';

/** One line a format. */
export const formats = { NDJSON: ndjson, CSV: csv, PARQUET: parquet } as const satisfies Record<
  ExportFormatName,
  ExportFormat
>;

export const formatOf = (name: ExportFormatName): ExportFormat => formats[name];
