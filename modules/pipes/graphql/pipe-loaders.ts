import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import type { Standing } from '../delivery/pipe-gauge.js';
import { PipesService } from '../pipes.service.js';

/** Finds out how all pipes of an operation stand at once. The pipes themselves were asked for by scope. */
@Injectable()
export class PipeLoaders {
  private readonly loaders = new WeakMap<object, DataLoader<string, Standing>>();

  constructor(private readonly pipes: PipesService) {}

  /** @param operation the GraphQL context: a loader of its own for each */
  standings(operation: object, organizationId: string): DataLoader<string, Standing> {
    let loader = this.loaders.get(operation);
    if (!loader) {
      loader = new DataLoader(async (ids: readonly string[]) => {
        const standings = await this.pipes.standings(organizationId, ids);
        return ids.map((id) => standings.get(id) ?? new Error(`The pipe ${id} is gone.`));
      });
      this.loaders.set(operation, loader);
    }
    return loader;
  }
}
