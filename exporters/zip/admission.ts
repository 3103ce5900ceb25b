import type { PackageFile } from '../package-format.js';
import { nameFault } from './entry-name.js';
import { sizeOf } from './entry-source.js';

// Beyond these an archive needs zip64, which not every LMS reads (APPNOTE 4.4.1.4).
const MAX_ENTRIES = 65_534;
const MAX_BYTES = 0xffff_ffff;
// More than the headers of one entry take, with the longest name.
const OVERHEAD_BYTES = 1_024;

/** The files cannot be packed for an LMS; the message says which and why. */
export class PackageRefused extends Error {
  override readonly name = 'PackageRefused';
}

/** Looks at the files of one archive as they come, and refuses the first that does not belong into it. */
export class Admission {
  private readonly names = new Map<string, string>();
  private bytes = 0;

  /** @throws PackageRefused */
  admit(file: PackageFile): void {
    const { path } = file;
    const fault = nameFault(path);
    if (fault !== undefined) throw new PackageRefused(`The file name ${JSON.stringify(path)} ${fault}.`);
    const twin = this.names.get(path.toLowerCase());
    if (twin !== undefined) throw new PackageRefused(`${twin} and ${path} are one file where case does not count.`);
    this.names.set(path.toLowerCase(), path);
    this.bytes += sizeOf(file) + OVERHEAD_BYTES;
    if (this.names.size > MAX_ENTRIES)
      throw new PackageRefused(`A package cannot hold more than ${MAX_ENTRIES} files.`);
    if (this.bytes > MAX_BYTES) throw new PackageRefused('A package cannot hold 4 GiB or more.');
  }
}
