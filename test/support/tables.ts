/** Readers of tables of statements. */
import { gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';

/** The records of a CSV file (RFC 4180); each must end with CRLF. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const found = field.exec(text);
    if (!found) throw new Error(`No field of CSV at ${at}: ${text.slice(at, at + 40)}`);
    record.push(found[1]?.replaceAll('""', '"') ?? found[2]!);
    if (found[3] === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** CSV as objects by the names in its first line. */
export function csvObjects(text: string): Record<string, string>[] {
  const [names = [], ...records] = readCsv(text);
  return records.map((record) => Object.fromEntries(names.map((name, index) => [name, record[index]!])));
}

const compressors = { GZIP: (page: Uint8Array) => new Uint8Array(gunzipSync(page)) };

/** A copy of its own: buffers of Node share memory with others, which the reader does not expect. */
const own = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;

/** The rows of a Parquet file, and how they are grouped. */
export async function readParquet(
  file: Buffer,
): Promise<{ rows: Record<string, unknown>[]; groups: number[]; schema: Record<string, string> }> {
  const buffer = own(file);
  const { row_groups, schema } = parquetMetadata(buffer);
  return {
    rows: await parquetReadObjects({ file: buffer, compressors }),
    groups: row_groups.map(({ num_rows }) => Number(num_rows)),
    schema: Object.fromEntries(
      schema.slice(1).map(({ name, type, converted_type: as }) => [name, `${type} ${as ?? ''}`.trim()]),
    ),
  };
}
