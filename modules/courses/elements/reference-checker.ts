import { Injectable } from '@nestjs/common';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { AssetsService } from '../../assets/index.js';
import { isUuid } from '../course.js';
import { contentSchemas } from './content.js';
import type { ElementContent, ElementType } from './element.js';
import { ElementStore } from './element.store.js';
import { danglingReference, referencesIn, type Reference } from './references.js';

/** Finds references of one element that lead nowhere. */
@Injectable()
export class ReferenceChecker {
  constructor(
    private readonly elements: ElementStore,
    private readonly assets: AssetsService,
  ) {}

  /**
   * @param parentId of the element: the node whose lesson the nodes and variables of an exit must be in
   * @returns undefined when every reference leads somewhere
   */
  async check(
    organizationId: string,
    type: ElementType,
    content: ElementContent,
    parentId: string | undefined,
  ): Promise<ValidationFailed | undefined> {
    const references = referencesIn(contentSchemas[type], content);
    const known = new Set([
      ...(await this.assetIds(organizationId, references)),
      ...(type === 'exit' && parentId !== undefined ? await this.scenarioIds(parentId) : []),
    ]);
    const dangling = references.filter(({ value, role }) => !known.has(`${role} ${value}`));
    if (dangling.length === 0) return undefined;
    return new ValidationFailed(
      dangling.map((reference) => danglingReference(reference, ['content', ...reference.path])),
    );
  }

  private async assetIds(organizationId: string, references: readonly Reference[]): Promise<string[]> {
    const ids = references.filter(({ role, value }) => role === 'asset' && isUuid(value)).map(({ value }) => value);
    return (await this.assets.byIds(organizationId, ids)).map(({ id }) => `asset ${id}`);
  }

  private async scenarioIds(nodeId: string): Promise<string[]> {
    const lessonId = (await this.elements.find(nodeId))?.parentId;
    if (lessonId === undefined) return [];
    return (await this.elements.neighbourhoodOf(lessonId)).map(({ type, id }) => `${type} ${id}`);
  }
}
