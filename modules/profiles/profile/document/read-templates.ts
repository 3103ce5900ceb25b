/** Statement templates of a profile (section 8). */
import { firstNamesOf, parseJsonPath } from '../json-path.js';
import type { JsonPath } from '../json-path.js';
import type { RuleDocument, TemplateDocument } from './profile-document.js';
import type { DeterminingProperties, StatementTemplate, TemplateRule } from '../profile.js';
import type { Findings } from './findings.js';

/** An LRS adds these after it has checked a statement, so no rule can be held against whoever sends it. */
const ADDED_LATER: ReadonlySet<string> = new Set(['stored', 'authority', 'version']);

type Path = readonly (string | number)[];

export function readTemplates(documents: readonly TemplateDocument[], findings: Findings): StatementTemplate[] {
  const known = new Set<string>();
  return documents.map((document, index) => {
    const path = ['templates', index];
    if (known.has(document.id)) findings.error('DUPLICATE', `The template ${document.id} is there twice.`, path);
    known.add(document.id);
    if (document.objectStatementRefTemplate && document.objectActivityType !== undefined) {
      const message = `${document.id} has both objectStatementRefTemplate and objectActivityType (Profiles 8).`;
      findings.error('CONTRADICTION', message, path);
    }
    return readTemplate(document, path, findings);
  });
}

function readTemplate(document: TemplateDocument, path: Path, findings: Findings): StatementTemplate {
  const { id, prefLabel: name, deprecated = false } = document;
  const { objectStatementRefTemplate, contextStatementRefTemplate } = document;
  const rules = (document.rules ?? []).flatMap((rule, index) => readRule(rule, [...path, 'rules', index], findings));
  return {
    ...{ id, name, deprecated, rules },
    determining: determiningOf(document),
    ...(objectStatementRefTemplate && { objectStatementRefTemplate }),
    ...(contextStatementRefTemplate && { contextStatementRefTemplate }),
  };
}

const DETERMINING = [
  ...['verb', 'objectActivityType', 'contextGroupingActivityType', 'contextParentActivityType'],
  ...['contextOtherActivityType', 'contextCategoryActivityType', 'attachmentUsageType'],
] as readonly (keyof DeterminingProperties)[];

function determiningOf(document: TemplateDocument): DeterminingProperties {
  return Object.fromEntries(
    DETERMINING.flatMap((property) => (document[property] === undefined ? [] : [[property, document[property]]])),
  );
}

function readRule(document: RuleDocument, path: Path, findings: Findings): TemplateRule[] {
  const { presence, any, all, none } = document;
  if (!presence && !any && !all && !none) {
    findings.error('REQUIRED', `${path.join('.')} needs presence, any, all or none (Profiles 8.1).`, path);
  }
  const location = readPath(document.location, [...path, 'location'], findings);
  const selector = document.selector && readPath(document.selector, [...path, 'selector'], findings);
  if (!location) return [];
  if (firstNamesOf(location)?.every((name) => ADDED_LATER.has(name))) {
    const message = `${document.location} is added by the LRS when the statement has been checked: the rule is left out.`;
    findings.warning('RULE_NOT_CHECKED', message, path);
    return [];
  }
  const requirements = Object.entries({ presence, any, all, none }).filter(([, value]) => value !== undefined);
  return [{ location, ...(selector && { selector }), ...Object.fromEntries(requirements) }];
}

function readPath(text: string, path: Path, findings: Findings): JsonPath | undefined {
  const parsed = parseJsonPath(text);
  if (typeof parsed !== 'string') return parsed;
  findings.error('INVALID_JSONPATH', `${path.join('.')} ${parsed}.`, path);
  return undefined;
}
