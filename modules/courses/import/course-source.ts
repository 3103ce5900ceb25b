import type { Asset } from '../../assets/index.js';
import type { CourseImport, ImportAsset, ImportElement } from '../../../exporters/document/index.js';
import type { Course } from '../course.js';
import { contentSchemas } from '../elements/content.js';
import type { Element } from '../elements/element.js';
import { redirected, referencesIn } from '../elements/references.js';
import { sectionsOf } from '../elements/tree.js';

/** The ids of all assets that a draft refers to. */
export const assetIdsIn = (elements: readonly Element[]): string[] => {
  const references = elements.flatMap(({ type, content }) => referencesIn(contentSchemas[type], content));
  return [...new Set(references.filter(({ role }) => role === 'asset').map(({ value }) => value))];
};

/**
 * The document that an import would make the draft from. Everything in it has an external id, its id where the author
 * gave none, so that importing the document again changes what is there and makes nothing twice.
 */
export function sourceOf(course: Course, elements: readonly Element[], assets: readonly Asset[]): CourseImport {
  const names = new Map([...elements, ...assets].map(({ id, externalId }) => [id, externalId ?? id]));
  const sections = sectionsOf(elements, ({ id, externalId, type, content }) => ({
    externalId: externalId ?? id,
    ...redirected(type, content, (_, referredId) => names.get(referredId)),
  }));
  return {
    format: 'lectern-course',
    formatVersion: 1,
    externalId: course.externalId ?? course.id,
    ...course.content,
    assets: assets.map(({ id, externalId, fileName }): ImportAsset => ({
      externalId: externalId ?? id,
      fileName,
      assetId: id,
    })),
    sections: sections as ImportElement[],
  };
}
