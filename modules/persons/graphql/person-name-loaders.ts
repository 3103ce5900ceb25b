import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { CatalogService } from '../../lrs/index.js';
import type { PersonIdentity } from '../person.js';

/** Reads the names of all persons of an operation in one query. The persons themselves were asked for by scope. */
@Injectable()
export class PersonNameLoaders {
  private readonly loaders = new WeakMap<object, DataLoader<string, string[]>>();

  constructor(private readonly catalog: CatalogService) {}

  /** @param operation the GraphQL context: a loader of its own for each */
  async namesOf(operation: object, organizationId: string, identities: readonly PersonIdentity[]): Promise<string[]> {
    let loader = this.loaders.get(operation);
    if (!loader) {
      loader = new DataLoader(async (keys: readonly string[]) => {
        const names = await this.catalog.namesByAgent(organizationId, keys);
        return keys.map((key) => names.get(key) ?? []);
      });
      this.loaders.set(operation, loader);
    }
    const names = await loader.loadMany(identities.map(({ key }) => key));
    return [...new Set(names.flatMap((found) => (found instanceof Error ? failed(found) : found)))];
  }
}

function failed(error: Error): never {
  throw error;
}
