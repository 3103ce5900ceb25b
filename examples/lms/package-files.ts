import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const openZip = promisify<Buffer, yauzl.Options, yauzl.ZipFile>((zip, options, done) => {
  yauzl.fromBuffer(zip, options, (error, file) => done(error, file));
});

/** The files of a package by their paths, as an LMS sees them after import. */
export async function readPackage(path: string): Promise<Map<string, Buffer>> {
  const zip = await openZip(await readFile(path), { lazyEntries: true });
  const files = new Map<string, Buffer>();
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: yauzl.Entry) => {
      contentOf(zip, entry).then((content) => {
        files.set(entry.fileName, content);
        zip.readEntry();
      }, reject);
    });
    zip.on('end', () => resolve(files));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function contentOf(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', reject);
    });
  });
}
