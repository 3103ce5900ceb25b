import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { formats, type PackageFormatName, type PlayerBundle, type SchemaFile } from '../../../exporters/index.js';
import { buildOutput } from '../../../src/platform/build-output.js';

/** What every package of a format carries besides its course. */
export interface CommonFiles {
  readonly player: PlayerBundle;
  readonly schemas: readonly SchemaFile[];
}

/** The files of packages that the build made; read once. */
@Injectable()
export class BuiltFiles {
  private readonly read = new Map<PackageFormatName, Promise<CommonFiles>>();

  /** @throws Error when the service was not built. */
  of(format: PackageFormatName): Promise<CommonFiles> {
    const known = this.read.get(format) ?? readCommonFiles(format);
    this.read.set(format, known);
    return known;
  }
}

async function readCommonFiles(format: PackageFormatName): Promise<CommonFiles> {
  const { folder, names } = formats[format].schemas;
  const script = await readFile(buildOutput('player/player.js'), 'utf8');
  const styles = await readFile(buildOutput('player/player.css'), 'utf8');
  const schemas = await Promise.all(
    names.map(async (name) => ({ name, content: await readFile(buildOutput(join('schemas', folder, name))) })),
  );
  return { player: { script, styles }, schemas };
}
