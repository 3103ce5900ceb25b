import type { ExportFormat } from './format.js';
import { TextPart, textFile } from './text-part.js';

/** Line ends lie between members only: strings of JSON have none (RFC 8259 7). A statement that was sent in several lines has some. */
const LINE_ENDS = /[\r\n]+/g;

/** The text of each statement as it is stored, in a line. */
export const ndjson: ExportFormat = {
  name: 'NDJSON',
  isTable: false,
  fileOf: (options) => textFile('ndjson', 'application/x-ndjson', options),
  part: (_, options) => new TextPart(options, ({ text }) => `${text.replace(LINE_ENDS, ' ')}\n`),
};
