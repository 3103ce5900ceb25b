import type { XapiVersion } from '../../../modules/lrs/xapi/version.js';
import type { RequirementCase } from '../lrs.js';
import { requirementsOf } from '../requirement.js';
import { attachments } from './attachments.js';
import { beyondAdl } from './beyond-adl.js';
import { comparison } from './comparison.js';
import { documentConditions } from './document-conditions.js';
import { documents } from './documents.js';
import { filters } from './filters.js';
import { formats } from './formats.js';
import { objectsAndContext } from './objects-and-context.js';
import { requests } from './requests.js';
import { resources } from './resources.js';
import { statementParts } from './statement-parts.js';
import { statementStorage } from './statement-storage.js';
import { statementsResource } from './statements.js';
import { transmission } from './transmission.js';

/** Every test of a requirement. */
export const cases: readonly RequirementCase[] = [
  ...statementParts,
  ...objectsAndContext,
  ...statementStorage,
  ...statementsResource,
  ...filters,
  ...formats,
  ...comparison,
  ...attachments,
  ...transmission,
  ...documents,
  ...documentConditions,
  ...resources,
  ...requests,
  ...beyondAdl,
];

export const idsOf = ({ ids }: RequirementCase): string[] => ids.split(' ');

/** Those that show something that the version asks for. */
export function casesOf(version: XapiVersion): RequirementCase[] {
  const known = new Set(requirementsOf(version).map(({ id }) => id));
  return cases.filter((one) => (one.only ?? version) === version && idsOf(one).some((id) => known.has(id)));
}
