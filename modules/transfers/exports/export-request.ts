import { ValidationFailed } from '../../../src/platform/errors.js';
import { formatOf } from './formats/formats.js';
import type { ExportFormatName, ExportRequest } from './statement-export.js';

/** What is asked for as it is sent: what is left out may be null or missing. */
export interface SentRequest {
  readonly format: ExportFormatName;
  /** Text of the filter. */
  readonly filter: string | undefined;
  readonly includeVoided: boolean;
  readonly compressed: boolean;
  readonly table?:
    | { readonly json: boolean; readonly language?: string | null; readonly guardFormulas: boolean }
    | null
    | undefined;
  readonly keepDays: number;
}

/** @returns ValidationFailed for columns of a format that has none */
export function requestOf(sent: SentRequest): ExportRequest | ValidationFailed {
  const { format, filter, includeVoided, compressed, table, keepDays } = sent;
  if (table && !formatOf(format).isTable) {
    const message = `${format} has no columns.`;
    const hint = 'Leave table out, or ask for CSV or PARQUET.';
    return new ValidationFailed([{ code: 'CONTRADICTION', message, path: ['input', 'table'], hint }]);
  }
  const { json = false, language, guardFormulas = true } = table ?? {};
  const options = { compressed, includeVoided, json, guardFormulas, ...(language && { language }) };
  return { format, filter, keepDays, options };
}
