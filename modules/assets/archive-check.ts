import { promisify } from 'node:util';
import yauzl from 'yauzl';

const MAX_ENTRIES = 5_000;
const MAX_INFLATED_BYTES = 512 * 1024 * 1024;
const MAX_RATIO = 100;
const ZIP_MAGIC = Buffer.from('PK\u0003\u0004');

const openZip = promisify<string, yauzl.Options, yauzl.ZipFile>((path, options, done) => {
  yauzl.open(path, options, (error, zip) => done(error, zip));
});

export const isArchive = (head: Buffer): boolean => head.subarray(0, 4).equals(ZIP_MAGIC);

/**
 * Whether an archive (office documents are archives) would burst when opened: judged by the sizes in its central directory,
 * without inflating anything.
 *
 * @returns why it is refused, or undefined when it is sound
 */
export async function faultOfArchive(path: string, bytes: number): Promise<string | undefined> {
  let zip: yauzl.ZipFile;
  try {
    zip = await openZip(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    return `it is not a readable archive (${error instanceof Error ? error.message : String(error)})`;
  }
  try {
    return await faultOfEntries(zip, bytes);
  } finally {
    zip.close();
  }
}

function faultOfEntries(zip: yauzl.ZipFile, bytes: number): Promise<string | undefined> {
  if (zip.entryCount > MAX_ENTRIES)
    return Promise.resolve(`it holds ${zip.entryCount} entries; at most ${MAX_ENTRIES} are accepted`);
  return new Promise((resolve) => {
    let inflated = 0;
    zip.on('entry', (entry: yauzl.Entry) => {
      inflated += entry.uncompressedSize;
      if (inflated > MAX_INFLATED_BYTES || inflated > bytes * MAX_RATIO) {
        resolve(`it would inflate to more than ${Math.round(inflated / bytes)} times its size`);
        return;
      }
      zip.readEntry();
    });
    zip.on('end', () => resolve(undefined));
    zip.on('error', (error: Error) => resolve(`it is not a readable archive (${error.message})`));
    zip.readEntry();
  });
}
