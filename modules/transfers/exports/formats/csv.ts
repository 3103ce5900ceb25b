import { columnsOf, rowOf } from './columns.js';
import type { Cell, Column } from './columns.js';
import type { ExportFormat } from './format.js';
import { TextPart, textFile } from './text-part.js';

/** RFC 4180 2.1. */
const LINE_END = '\r\n';

/** What spreadsheets take for the beginning of a formula, or pass over on the way to one. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** RFC 4180, in UTF-8, with a line of names at the top. */
export const csv: ExportFormat = {
  name: 'CSV',
  isTable: true,
  fileOf: (options) => textFile('csv', 'text/csv; charset=utf-8; header=present', options),
  part: ({ number }, options) => {
    const columns = columnsOf(options);
    const head = number === 1 ? lineOf(columns.map(({ name }) => name)) : '';
    const row = rowOf(options);
    const guard = options.guardFormulas ? guarded : (cell: Cell) => cell;
    return new TextPart(
      options,
      (statement) => {
        const cells = row(statement);
        return lineOf(columns.map((column) => guard(column.of(cells), column)));
      },
      head,
    );
  },
};

const lineOf = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(',')}${LINE_END}`;

function fieldOf(cell: Cell): string {
  const text = cell === undefined ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const guarded = (cell: Cell, { type }: Column): Cell =>
  type === 'TEXT' && typeof cell === 'string' && FORMULA.test(cell) ? `'${cell}` : cell;
