import { setImmediate as breathe } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { gzipSync } from 'node:zlib';
import { ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { BasicType, SchemaElement } from 'hyparquet-writer';
import { parseTimestamp } from '../../../lrs/index.js';
import type { ExportOptions } from '../statement-export.js';
import { columnsOf, rowOf } from './columns.js';
import type { Cell, Column, ColumnType } from './columns.js';
import type { ExportedStatement, ExportFormat, PartPlace, PartWriter, WrittenPart } from './format.js';

/** Each column may be null. */
const TYPES = {
  TEXT: 'STRING',
  TIME: 'TIMESTAMP',
  NUMBER: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
} as const satisfies Record<ColumnType, BasicType>;

/** `PAR1`, with which the library begins whatever it writes. */
const MAGIC_BYTES = 4;

type RowGroup = ParquetWriter['row_groups'][number];

/** One file: each part is a row group, and the end of the file says where they are and what is in them. */
export const parquet: ExportFormat = {
  name: 'PARQUET',
  isTable: true,
  fileOf: () => ({ extension: 'parquet', mediaType: 'application/vnd.apache.parquet' }),
  part: (place, options) => new ParquetPart(place, options),
  close: (place, parts, options) => {
    const { writer, bytes } = writerAt(place, options);
    writer.row_groups = parts.flatMap(({ closing }) => (closing ? [deserialize(closing) as RowGroup] : []));
    writer.num_rows = writer.row_groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
    // It writes into memory, so there is nothing to wait for.
    void writer.finish();
    return bytesAt(place, bytes);
  },
};

class ParquetPart implements PartWriter {
  private readonly columns: readonly Column[];
  private readonly rowOf: ReturnType<typeof rowOf>;
  private readonly cells: (string | number | boolean | Date | null)[][];

  constructor(
    private readonly place: PartPlace,
    private readonly options: ExportOptions,
  ) {
    this.columns = columnsOf(options);
    this.rowOf = rowOf(options);
    this.cells = this.columns.map(() => []);
  }

  add(statement: ExportedStatement): void {
    const row = this.rowOf(statement);
    for (const [index, column] of this.columns.entries()) this.cells[index]!.push(valueOf(column, column.of(row)));
  }

  /** Columns one by one, so that nobody else waits for a whole row group to be encoded. */
  async finish(): Promise<WrittenPart> {
    const { writer, bytes } = writerAt(this.place, this.options);
    const rows = this.cells[0]!.length;
    for (const [index, { name }] of this.columns.entries()) {
      const data = this.cells[index]!;
      await writer.write({ columnData: [{ name, data, offsetIndex: false }], rowGroupSize: rows });
      this.cells[index] = [];
      await breathe();
    }
    const body = bytesAt(this.place, bytes);
    return { body, closing: rows === 0 ? undefined : serialize(together(writer.row_groups, rows)) };
  }
}

/** A writer whose places count from the beginning of the file. */
function writerAt({ number, offset }: PartPlace, options: ExportOptions): { writer: ParquetWriter; bytes: ByteWriter } {
  const bytes = new ByteWriter();
  bytes.offset = number === 1 ? 0 : offset - MAGIC_BYTES;
  const codec = options.compressed ? 'GZIP' : 'UNCOMPRESSED';
  const compressors = { GZIP: (page: Uint8Array) => gzipSync(page, { level: 1 }) };
  return {
    writer: new ParquetWriter({ writer: bytes, schema: schemaOf(options), codec, compressors, createdBy: 'lectern' }),
    bytes,
  };
}

/** What was written, without the beginning that only the first part has. */
const bytesAt = ({ number }: PartPlace, bytes: ByteWriter): Buffer =>
  Buffer.from(bytes.getBytes().subarray(number === 1 ? 0 : MAGIC_BYTES));

const schemaOf = (options: ExportOptions): SchemaElement[] =>
  schemaFromColumnData({
    columnData: columnsOf(options).map(({ name, type }) => ({ name, data: [], type: TYPES[type] })),
  });

/** The row group whose columns were written one by one. */
function together(columns: readonly RowGroup[], rows: number): RowGroup {
  const sum = (of: (group: RowGroup) => bigint | undefined) =>
    columns.reduce((total, group) => total + (of(group) ?? 0n), 0n);
  return {
    columns: columns.flatMap((group) => group.columns),
    num_rows: BigInt(rows),
    total_byte_size: sum((group) => group.total_byte_size),
    total_compressed_size: sum((group) => group.total_compressed_size),
  };
}

function valueOf({ type }: Column, cell: Cell): string | number | boolean | Date | null {
  if (cell === undefined) return null;
  if (type !== 'TIME') return cell;
  const milliseconds = parseTimestamp(String(cell));
  return milliseconds === undefined ? null : new Date(milliseconds);
}
