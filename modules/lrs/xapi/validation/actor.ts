/** Agents and Groups (Data 2.4.2). */
import { isMailto, isSha1 } from '../formats.js';
import type { Report, Rule } from './report.js';
import { expectObject, has, iri, isObject, listOf, object, oneOf, string, text } from './rules.js';
import type { JsonObject } from './rules.js';

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'];

const identifierRules = {
  mbox: string(isMailto, 'an address like mailto:someone@example.com (Data 2.4.2.3)'),
  mbox_sha1sum: string(isSha1, 'a SHA-1 of 40 hexadecimal digits (Data 2.4.2.3)'),
  openid: iri,
  account: object({ homePage: iri, name: text }, ['homePage', 'name']),
};

export const agent: Rule = object(
  { objectType: oneOf('Agent'), name: text, ...identifierRules },
  [],
  exactlyOneIdentifier,
);

export const group: Rule = object(
  { objectType: oneOf('Group'), name: text, member: listOf(agent), ...identifierRules },
  ['objectType'],
  (value, report) => {
    if (identifiersOf(value).length > 0) exactlyOneIdentifier(value, report);
    else if (!has(value, 'member'))
      report.add('REQUIRED', 'is required in a Group without an identifier (Data 2.4.2.2)', 'member');
  },
);

/** An Agent, which need not say so, or a Group. */
export const actor: Rule = (value, report) => {
  const isGroup = isObject(value) && value['objectType'] === 'Group';
  (isGroup ? group : agent)(value, report);
};

/** Whom the LRS names as authority: an Agent, or by OAuth a Group of an application and a user (Data 2.4.9). */
export const authority: Rule = (value, report) => {
  if (!expectObject(value, report)) return;
  actor(value, report);
  if (value['objectType'] !== 'Group') return;
  const { member } = value;
  if (!Array.isArray(member) || member.length !== 2) {
    report.add('NOT_ALLOWED', 'a Group as authority has exactly two members (Data 2.4.9)', 'member');
  }
  for (const key of identifiersOf(value)) {
    report.add('NOT_ALLOWED', 'a Group as authority has no identifier of its own (Data 2.4.9)', key);
  }
};

function identifiersOf(value: JsonObject): string[] {
  return IDENTIFIERS.filter((key) => has(value, key));
}

function exactlyOneIdentifier(value: JsonObject, report: Report): void {
  const count = identifiersOf(value).length;
  if (count === 1) return;
  const found = count === 0 ? 'there is none' : `there are ${count}`;
  report.add(
    count === 0 ? 'REQUIRED' : 'NOT_ALLOWED',
    `exactly one of ${IDENTIFIERS.join(', ')} is needed, ${found} (Data 2.4.2.3)`,
  );
}
