import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { positionAt, StatementHistory } from '../../lrs/index.js';
import { PersonIdentities } from '../../persons/index.js';
import { ROLES, type Role } from '../fact.js';
import { wordsOf } from '../words.js';
import type { NumberRange, StatementFilter } from './statement-filter.js';

/** Words of a text filter, and the terms that one of them may find. */
const MOST_WORDS = 8;
const MOST_TERMS = 10_000;

/** Conditions about facts `f`, with the values of their placeholders, of which $1 is the organization. */
export interface StatementConditions {
  readonly where: string;
  readonly parameters: readonly unknown[];
}

/** How conditions are made, where it differs from what lists need. */
export interface ConditionOptions {
  /** Voided statements, too. */
  readonly withVoided?: boolean;
  /** Values of placeholders that are taken already, of which the first is the organization; more are added. */
  readonly parameters?: unknown[];
}

/** The contexts that have a term in a role, by the term's number. */
type Contexts = ReadonlyMap<number, readonly { readonly role: Role; readonly context: number }[]>;

/** Turns a filter into SQL: looks up the numbers of what it names first, so that PostgreSQL plans with them. */
@Injectable()
export class StatementConditionsStore {
  constructor(
    private readonly sql: Sql,
    private readonly history: StatementHistory,
    private readonly persons: PersonIdentities,
  ) {}

  async of(
    organizationId: string,
    filter: StatementFilter,
    options: ConditionOptions = {},
  ): Promise<StatementConditions | ValidationFailed> {
    const persons = filter.persons && (await this.persons.keysOf(organizationId, filter.persons));
    const named = await this.idsOf(organizationId, [...termKeys(filter), ...(persons ?? [])]);
    const numbers = (keys: readonly string[] | undefined) => keys?.flatMap((key) => named.get(key) ?? []);
    const contexts = await this.contextsOf(
      organizationId,
      [...CONTEXT_FILTERS.map((name) => filter[name]), persons].flatMap((keys) => numbers(keys) ?? []),
    );
    const found = await this.foundByWords(organizationId, filter.text);
    if (found instanceof ValidationFailed) return found;
    const builder = new ConditionBuilder(contexts, { parameters: [organizationId], ...options });
    builder.addAgents(numbers(filter.agents), filter.relatedAgents === true);
    builder.addAgents(numbers(persons), filter.relatedAgents === true);
    builder.addActivities(numbers(filter.activities), filter.relatedActivities === true);
    builder.addColumn('verb', numbers(filter.verbs));
    builder.addColumn('activity_type', numbers(filter.activityTypes));
    builder.addColumn('registration', numbers(filter.registrations));
    builder.addRegistered(filter.registered);
    builder.addContexts(numbers(filter.parents), ROLES.parent);
    builder.addContexts(numbers(filter.groupings), ROLES.grouping);
    builder.addContexts(numbers(filter.categories), ROLES.category);
    builder.addMeasures(filter);
    builder.addTimes(filter);
    builder.addPositions(filter.ids && (await this.positionsOf(organizationId, filter.ids)));
    for (const terms of found) builder.addWord(terms);
    return builder.conditions;
  }

  private async idsOf(organizationId: string, keys: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (keys.length === 0) return new Map();
    const rows = await this.sql.query<{ key: string; id: number }>(
      `SELECT replace(key::text, '-', '') AS key, id FROM fact_terms WHERE organization_id = $1 AND key = ANY ($2::uuid[])`,
      [organizationId, keys],
    );
    return new Map(rows.map(({ key, id }) => [key, id]));
  }

  private async contextsOf(organizationId: string, terms: readonly number[]): Promise<Contexts> {
    const contexts = new Map<number, { role: Role; context: number }[]>();
    if (terms.length === 0) return contexts;
    const rows = await this.sql.query<{ term: number; role: Role; context: number }>(
      'SELECT term, role, context FROM fact_contexts WHERE organization_id = $1 AND term = ANY ($2::integer[])',
      [organizationId, terms],
    );
    for (const { term, ...part } of rows) contexts.set(term, [...(contexts.get(term) ?? []), part]);
    return contexts;
  }

  private async positionsOf(organizationId: string, ids: readonly string[]): Promise<string[]> {
    return (await this.history.withIds(organizationId, ids)).map(({ position }) => position);
  }

  /** For each word of the text the terms that have a word that begins with it. */
  private async foundByWords(
    organizationId: string,
    text: string | undefined,
  ): Promise<readonly (readonly number[])[] | ValidationFailed> {
    if (text === undefined) return [];
    const words = wordsOf([text]);
    if (words.length === 0) return refusal('NO_WORD', 'text has no word.', 'Give a word or its beginning.');
    if (words.length > MOST_WORDS) return refusal('TOO_LONG', `text may have ${MOST_WORDS} words.`, 'Leave some out.');
    const found: number[][] = [];
    for (const word of words) {
      const rows = await this.sql.query<{ term: number }>(
        `SELECT DISTINCT term FROM fact_words WHERE organization_id = $1 AND word >= $2 AND word < $3 LIMIT $4`,
        [organizationId, word, `${word}\u{10ffff}`, MOST_TERMS + 1],
      );
      if (rows.length > MOST_TERMS) {
        return refusal('TOO_BROAD', `Too many names begin with "${word}".`, 'Give more letters, or another word.');
      }
      found.push(rows.map(({ term }) => term));
    }
    return found;
  }
}

const CONTEXT_FILTERS = ['agents', 'activities', 'parents', 'groupings', 'categories'] as const;

const termKeys = (filter: StatementFilter): string[] =>
  ([...CONTEXT_FILTERS, 'verbs', 'activityTypes', 'registrations'] as const).flatMap((name) => filter[name] ?? []);

const refusal = (code: string, message: string, hint: string) =>
  new ValidationFailed([{ code, message, path: ['filter', 'text'], severity: 'ERROR', hint }]);

class ConditionBuilder {
  private readonly parameters: unknown[];
  private readonly all = ['f.organization_id = $1'];

  constructor(
    private readonly contexts: Contexts,
    { parameters, withVoided = false }: ConditionOptions & { readonly parameters: unknown[] },
  ) {
    this.parameters = parameters;
    if (!withVoided) this.all.push('NOT f.voided');
  }

  get conditions(): StatementConditions {
    return { where: this.all.join(' AND '), parameters: this.parameters };
  }

  addColumn(column: string, terms: readonly number[] | undefined): void {
    if (terms) this.all.push(this.isOneOf(column, terms));
  }

  addRegistered(registered: boolean | undefined): void {
    if (registered !== undefined) this.all.push(`f.registration IS ${registered ? 'NOT NULL' : 'NULL'}`);
  }

  addAgents(terms: readonly number[] | undefined, related: boolean): void {
    if (!terms) return;
    const contexts = this.contextsWith(terms, (role) => related || role === ROLES.named);
    this.all.push(`(${this.isOneOf('actor', terms)} OR ${this.isOneOf('context', contexts)})`);
  }

  addActivities(terms: readonly number[] | undefined, related: boolean): void {
    if (!terms) return;
    const activity = this.isOneOf('activity', terms);
    if (!related) this.all.push(activity);
    else
      this.all.push(
        `(${activity} OR ${this.isOneOf(
          'context',
          this.contextsWith(terms, () => true),
        )})`,
      );
  }

  addContexts(terms: readonly number[] | undefined, role: Role): void {
    if (terms)
      this.addColumn(
        'context',
        this.contextsWith(terms, (other) => other === role),
      );
  }

  addMeasures({ scaled, raw, seconds, success, completion }: StatementFilter): void {
    this.addRange('scaled', scaled);
    this.addRange('raw', raw);
    this.addRange('duration_ms', seconds && { min: times1000(seconds.min), max: times1000(seconds.max) });
    if (success !== undefined) this.all.push(`f.success = ${this.bind(success)}`);
    if (completion !== undefined) this.all.push(`f.completion = ${this.bind(completion)}`);
  }

  addTimes({ since, until, timestamp }: StatementFilter): void {
    if (since) this.all.push(`f.position >= ${this.bind(positionAt(since.getTime() + 1))}::bigint`);
    if (until) this.all.push(`f.position < ${this.bind(positionAt(until.getTime() + 1))}::bigint`);
    if (timestamp?.from) this.all.push(`f.happened_at >= ${this.bind(timestamp.from)}::timestamptz`);
    if (timestamp?.to) this.all.push(`f.happened_at < ${this.bind(timestamp.to)}::timestamptz`);
  }

  addPositions(positions: readonly string[] | undefined): void {
    if (positions) this.all.push(`f.position = ANY (${this.bind(positions)}::bigint[])`);
  }

  addWord(terms: readonly number[]): void {
    const list = this.bind(terms);
    const places = ['actor', 'activity', 'response'].map((column) => `f.${column} = ANY (${list}::integer[])`);
    this.all.push(`(${places.join(' OR ')})`);
  }

  private addRange(column: string, range: NumberRange | undefined): void {
    if (range?.min !== undefined) this.all.push(`f.${column} >= ${this.bind(range.min)}::double precision`);
    if (range?.max !== undefined) this.all.push(`f.${column} <= ${this.bind(range.max)}::double precision`);
  }

  private isOneOf(column: string, terms: readonly number[]): string {
    return `f.${column} = ANY (${this.bind(terms)}::integer[])`;
  }

  private contextsWith(terms: readonly number[], fits: (role: Role) => boolean): number[] {
    const found = terms.flatMap((term) => this.contexts.get(term) ?? []).filter(({ role }) => fits(role));
    return [...new Set(found.map(({ context }) => context))];
  }

  private bind(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }
}

const times1000 = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * 1_000);
