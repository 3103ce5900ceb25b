import type { PackageFile } from '../package-format.js';
import { Admission } from './admission.js';
import { EntrySource, sizeOf } from './entry-source.js';

// What is opened before its turn, so that reading and compressing go on at the same time: many small files, or few large.
const MAX_FILES = 16;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The files, admitted and opened, in their order.
 *
 * @throws PackageRefused, and what opening a file threw, when its turn has come.
 */
export async function* readAhead(
  files: AsyncIterable<PackageFile> | Iterable<PackageFile>,
): AsyncGenerator<EntrySource, void> {
  const admission = new Admission();
  const ahead: { readonly source: Promise<EntrySource>; readonly bytes: number }[] = [];
  const isFull = () => ahead.length > MAX_FILES || ahead.reduce((sum, { bytes }) => sum + bytes, 0) > MAX_BYTES;
  try {
    for await (const file of files) {
      admission.admit(file);
      ahead.push({ source: begin(file), bytes: sizeOf(file) });
      while (ahead.length > 1 && isFull()) yield await ahead.shift()!.source;
    }
    for (let next = ahead.shift(); next; next = ahead.shift()) yield await next.source;
  } finally {
    for (const result of await Promise.allSettled(ahead.map(({ source }) => source))) {
      if (result.status === 'fulfilled') result.value.close();
    }
  }
}

/** Whoever awaits it in its turn sees its failure; until then it must not count as unhandled. */
function begin(file: PackageFile): Promise<EntrySource> {
  const source = EntrySource.open(file);
  source.catch(() => undefined);
  return source;
}
