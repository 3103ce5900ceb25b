import { formatOf } from './formats/formats.js';
import type { StatementExport } from './statement-export.js';

/** The name to save the file by: when it was asked for, and what it is. */
export function fileNameOf({ format, options, createdAt }: StatementExport): string {
  const time = createdAt
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replaceAll(/[-:]/g, '')
    .replace('T', '-');
  return `statements-${time}.${formatOf(format).fileOf(options).extension}`;
}
