import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { PublishingService, type CourseVersion } from '../publishing/index.js';

/** Reads the versions of all packages of an operation in one query. */
@Injectable()
export class VersionLoader {
  private readonly loaders = new WeakMap<object, DataLoader<string, CourseVersion>>();

  constructor(private readonly publishing: PublishingService) {}

  /** @param operation the GraphQL context: one loader each */
  load(operation: object, organizationId: string, versionId: string): Promise<CourseVersion> {
    let loader = this.loaders.get(operation);
    if (!loader) {
      loader = new DataLoader((ids) => this.versions(organizationId, ids));
      this.loaders.set(operation, loader);
    }
    return loader.load(versionId);
  }

  private async versions(organizationId: string, ids: readonly string[]): Promise<(CourseVersion | Error)[]> {
    const found = new Map((await this.publishing.byIds(organizationId, ids)).map((version) => [version.id, version]));
    return ids.map((id) => found.get(id) ?? new Error(`The version ${id} is gone.`));
  }
}
