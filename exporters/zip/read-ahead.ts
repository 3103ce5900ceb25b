import type { PackageFile } from '../package-format.js';
import { Admission } from './admission.js';
import { EntrySource } from './entry-source.js';

/** How many files are opened before their turn: reading and compressing then go on at the same time. */
const AHEAD = 4;

/**
 * The files, admitted and opened, in their order.
 *
 * @throws PackageRefused, and what opening a file threw, when its turn has come.
 */
export async function* readAhead(
  files: AsyncIterable<PackageFile> | Iterable<PackageFile>,
): AsyncGenerator<EntrySource, void> {
  const admission = new Admission();
  const opening: Promise<EntrySource>[] = [];
  try {
    for await (const file of files) {
      admission.admit(file);
      opening.push(begin(file));
      if (opening.length > AHEAD) yield await opening.shift()!;
    }
    for (let next = opening.shift(); next; next = opening.shift()) yield await next;
  } finally {
    for (const result of await Promise.allSettled(opening)) if (result.status === 'fulfilled') result.value.close();
  }
}

/** Whoever awaits it in its turn sees its failure; until then it must not count as unhandled. */
function begin(file: PackageFile): Promise<EntrySource> {
  const source = EntrySource.open(file);
  source.catch(() => undefined);
  return source;
}
