import { Injectable } from '@nestjs/common';
import type { ImportAsset } from '../../../exporters/document/index.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { UserError, ValidationFailed, type Problem } from '../../../src/platform/errors.js';
import { AssetsService, type AcceptedFile } from '../../assets/index.js';
import { isUuid } from '../course.js';
import { danglingReference } from '../elements/references.js';
import type { OutlinedElement } from './outline.js';
import { assetNamesIn } from './outline-checks.js';

/** An asset of a document: bytes that were stored for it, or one that was uploaded before. */
export type PreparedAsset = { readonly name: string } & ({ readonly file: AcceptedFile } | { readonly id: string });

/** The files that come with a document, and those that it refers to. */
@Injectable()
export class ImportAssetsService {
  constructor(private readonly assets: AssetsService) {}

  /**
   * Stores the bytes of every file, before the transaction of the import: what a failed import leaves is no row's, and
   * the next one finds it by its hash. Every problem of every file is listed.
   */
  async prepare(
    principal: Principal,
    assets: readonly ImportAsset[],
    outline: readonly OutlinedElement[],
  ): Promise<PreparedAsset[] | ValidationFailed> {
    const problems = await this.unknownIds(principal, assets, outline);
    const prepared: PreparedAsset[] = [];
    for (const [index, { externalId: name, fileName, text, base64, assetId }] of assets.entries()) {
      if (assetId !== undefined) {
        prepared.push({ name, id: assetId });
        continue;
      }
      const body = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text);
      const file = await this.assets.accept(principal, { fileName, body });
      if (file instanceof UserError) problems.push(...file.problems.map((found) => below(found, index)));
      else prepared.push({ name, file });
    }
    return problems.length > 0 ? new ValidationFailed(problems) : prepared;
  }

  /** Makes the rows of stored files, inside the transaction of the import. @returns the id of each asset by its name */
  async record(assets: readonly PreparedAsset[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const asset of assets) {
      ids.set(asset.name, 'id' in asset ? asset.id : (await this.assets.record(asset.file, asset.name)).id);
    }
    return ids;
  }

  private async unknownIds(
    principal: Principal,
    assets: readonly ImportAsset[],
    outline: readonly OutlinedElement[],
  ): Promise<Problem[]> {
    const named = assets.flatMap(({ assetId }, index) =>
      assetId === undefined ? [] : [{ value: assetId, path: ['assets', index, 'assetId'] }],
    );
    const names = new Set(assets.map(({ externalId }) => externalId));
    const referred = assetNamesIn(outline).filter(({ value }) => !names.has(value) && isUuid(value));
    const mentioned = [...named, ...referred];
    const known = await this.assets.byIds(principal.organizationId, [...new Set(mentioned.map(({ value }) => value))]);
    const ids = new Set(known.map(({ id }) => id));
    return mentioned
      .filter(({ value }) => !ids.has(value))
      .map(({ value, path }) => danglingReference({ role: 'asset', value, path: [] }, path));
  }
}

/** A problem of a file, at the file's place in the document. */
const below = (found: Problem, index: number): Problem => ({
  ...found,
  path: ['assets', String(index), ...found.path],
});
