/** The text of a statement as it is stored: what was sent, with what the LRS sets (Data 2.4). */
import { membersOf } from './json-text.js';
import type { Member, Span } from './json-text.js';
import { isSubStatement } from './statement.js';
import type { Context, Statement } from './statement.js';
import { edited } from './text-edits.js';
import type { Edit } from './text-edits.js';
import { toUtc } from './time.js';
import type { XapiVersion } from './version.js';

/** What the LRS sets on a statement. */
export interface Seal {
  /** For a statement that has none (Data 2.4.1). */
  readonly id: string;
  /** ISO 8601 in UTC; also the timestamp of a statement that has none (Data 2.4.7, 2.4.8). */
  readonly stored: string;
  /** JSON of the Agent or Group; it replaces any that was sent. Undefined: the one that was sent stays (Data 2.4.9). */
  readonly authority: string | undefined;
  /** Of the request: in 2.0 timestamps are kept in UTC (9274.1.1 4.2.7). */
  readonly version: XapiVersion;
}

/** Version of a statement that has none (Data 2.4.10; 9274.1.1 4.2.4.3). */
const DEFAULT_VERSIONS: Readonly<Record<XapiVersion, string>> = { '1.0.3': '1.0.0', '2.0.0': '2.0.0' };

/**
 * @param text JSON that holds the statement at the span
 * @param statement the same statement, parsed and valid
 */
export function sealStatement(text: string, span: Span, statement: Statement, seal: Seal): string {
  const edits = [...loneContextActivities(text, span, statement)];
  if (seal.version === '2.0.0') edits.push(...timestampsToUtc(text, span, statement));
  const set = seal.authority === undefined ? (['stored'] as const) : (['stored', 'authority'] as const);
  const replaced = set.filter((name) => statement[name] !== undefined);
  const sent = sentPart(text, span, replaced, edits);
  const added = [
    ...(statement.id === undefined ? [`"id":"${seal.id}"`] : []),
    ...(statement.timestamp === undefined ? [`"timestamp":"${seal.stored}"`] : []),
    ...(statement.version === undefined ? [`"version":"${DEFAULT_VERSIONS[seal.version]}"`] : []),
    `"stored":"${seal.stored}"`,
    ...(seal.authority === undefined ? [] : [`"authority":${seal.authority}`]),
  ];
  return `{${sent},${added.join(',')}}`;
}

/** The edited text between the braces, without the members that are replaced. */
function sentPart(text: string, span: Span, replaced: readonly string[], edits: readonly Edit[]): string {
  if (replaced.length === 0) {
    const content = { start: span.start + 1, end: span.end - 1 };
    return edited(text, content, inside(edits, content));
  }
  return membersOf(text, span)
    .filter(({ name }) => !replaced.includes(name))
    .map(({ label, value }) => ({ start: label.start, end: value.end }))
    .map((member) => edited(text, member, inside(edits, member)))
    .join(',');
}

/** Data 2.4.6.2: one activity alone is returned as a list of one. */
function* loneContextActivities(text: string, span: Span, statement: Statement): Generator<Edit> {
  if (hasLoneActivity(statement.context)) yield* bracketsIn(text, span);
  if (isSubStatement(statement.object) && hasLoneActivity(statement.object.context)) {
    yield* bracketsIn(text, memberOf(text, span, 'object').value);
  }
}

function hasLoneActivity(context: Context | undefined): boolean {
  return Object.values(context?.contextActivities ?? {}).some((activities) => !Array.isArray(activities));
}

function* bracketsIn(text: string, statement: Span): Generator<Edit> {
  const context = memberOf(text, statement, 'context').value;
  for (const { value } of membersOf(text, memberOf(text, context, 'contextActivities').value)) {
    if (text[value.start] === '[') continue;
    yield { at: value.start, until: value.start, insert: '[' };
    yield { at: value.end, until: value.end, insert: ']' };
  }
}

function* timestampsToUtc(text: string, span: Span, { timestamp, object }: Statement): Generator<Edit> {
  yield* timestampToUtc(text, span, timestamp);
  if (isSubStatement(object) && object.timestamp !== undefined) {
    yield* timestampToUtc(text, memberOf(text, span, 'object').value, object.timestamp);
  }
}

function* timestampToUtc(text: string, statement: Span, timestamp: string | undefined): Generator<Edit> {
  if (timestamp === undefined) return;
  const utc = toUtc(timestamp);
  if (utc === timestamp) return;
  const { start, end } = memberOf(text, statement, 'timestamp').value;
  yield { at: start, until: end, insert: JSON.stringify(utc) };
}

function memberOf(text: string, span: Span, name: string): Member {
  const member = membersOf(text, span).find((candidate) => candidate.name === name);
  if (!member) throw new Error(`The text has no member "${name}", though the parsed value has.`);
  return member;
}

const inside = (edits: readonly Edit[], { start, end }: Span): Edit[] =>
  edits.filter(({ at }) => at >= start && at <= end).sort((one, other) => one.at - other.at);
