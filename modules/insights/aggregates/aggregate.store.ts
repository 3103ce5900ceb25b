import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import { SAME_PERSON } from '../../persons/index.js';
import { ROLES } from '../fact.js';
import type { StatementConditions } from '../statements/statement-conditions.store.js';
import { CALENDAR } from './aggregate.js';
import type { CalendarUnit, Category, Dimension, Label, WantedMeasures } from './aggregate.js';
import { measureColumns } from './measures.sql.js';
import type { MeasureRow } from './measures.sql.js';

/**
 * What a group is of, one number a dimension, in their order: a term, 0 or 1, or seconds since 1970 where a span begins;
 * null where statements tell none.
 */
export type GroupNumbers = readonly (number | null)[];

export interface GroupRow {
  readonly numbers: GroupNumbers;
  readonly measures: MeasureRow;
}

/** A span of the calendar in seconds since 1970. */
export interface SpanRow {
  readonly from: number;
  readonly to: number;
}

/** Which statements are measured, how, and by which time zone. */
export interface Measuring {
  readonly conditions: StatementConditions;
  readonly wanted: WantedMeasures;
  readonly timeZone: string;
}

/** Adds facts up. In the organization of the current unit of work. */
@Injectable()
export class AggregateStore {
  constructor(private readonly sql: Sql) {}

  async total(measuring: Measuring): Promise<MeasureRow> {
    const source = sourceOf(measuring, []);
    const [row] = await this.sql.query<MeasureRow>(
      `SELECT ${measureColumns(measuring.wanted)} FROM ${source.text} AS m`,
      source.parameters,
    );
    return row!;
  }

  /** The largest groups, and how many there are in all. A statement with several parents is in the group of each. */
  async largest(
    measuring: Measuring,
    dimensions: readonly Category[],
    limit: number,
  ): Promise<{ groups: GroupRow[]; groupCount: number }> {
    const source = sourceOf(measuring, dimensions);
    const numbers = columnsOf(dimensions);
    const rows = await this.sql.query<MeasureRow & { groups: number }>(
      `SELECT ${numbers}, ${measureColumns(measuring.wanted)}, (count(*) OVER ())::double precision AS groups
         FROM ${source.text} AS m GROUP BY ${numbers} ORDER BY count(*) DESC, ${numbers} LIMIT ${limit}`,
      source.parameters,
    );
    return { groups: rows.map((row) => groupRow(row, dimensions)), groupCount: rows[0]?.groups ?? 0 };
  }

  /** The statements of no group that is listed. */
  async others(
    measuring: Measuring,
    dimensions: readonly Category[],
    listed: readonly GroupNumbers[],
  ): Promise<MeasureRow> {
    const source = sourceOf(measuring, dimensions);
    const { condition, values } = memberOf(dimensions, listed, source.parameters.length);
    const [row] = await this.sql.query<MeasureRow>(
      `SELECT ${measureColumns(measuring.wanted)} FROM ${source.text} AS m WHERE NOT ${condition}`,
      [...source.parameters, ...values],
    );
    return row!;
  }

  /** By the calendar, and by categories where there are some: then of the groups that are listed. Empty spans are left out. */
  async series(
    measuring: Measuring,
    unit: CalendarUnit,
    categories: readonly Category[],
    listed: readonly GroupNumbers[],
  ): Promise<GroupRow[]> {
    const dimensions = [...categories, unit];
    const source = sourceOf(measuring, dimensions);
    const { condition, values } = memberOf(categories, listed, source.parameters.length);
    const numbers = columnsOf(dimensions);
    const rows = await this.sql.query<MeasureRow>(
      `SELECT ${numbers}, ${measureColumns(measuring.wanted)} FROM ${source.text} AS m
        WHERE ${condition} GROUP BY ${numbers} LIMIT ${MOST_ROWS}`,
      [...source.parameters, ...values],
    );
    return rows.map((row) => groupRow(row, dimensions));
  }

  /** Every span of the calendar from the one with the first time to the one with the last, or as many as the limit. */
  spans(unit: CalendarUnit, timeZone: string, first: Date, last: Date, limit: number): Promise<SpanRow[]> {
    const edge = (parameter: string) => `date_trunc('${CALENDAR[unit]}', ${parameter}::timestamptz AT TIME ZONE $1)`;
    const seconds = (time: string) => `extract(epoch FROM (${time}) AT TIME ZONE $1)::double precision`;
    const step = `interval '1 ${CALENDAR[unit]}'`;
    return this.sql.query<SpanRow>(
      `SELECT ${seconds('local')} AS "from", ${seconds(`local + ${step}`)} AS "to"
         FROM generate_series(${edge('$2')}, ${edge('$3')}, ${step}) AS local LIMIT ${limit}`,
      [timeZone, first, last],
    );
  }

  async labels(organizationId: string, terms: readonly number[]): Promise<ReadonlyMap<number, Label>> {
    const rows = await this.sql.query<Record<'names' | 'descriptions', Label['names'] | null> & LabelRow>(
      `SELECT t.id, t.value, t.names, t.descriptions, type.value AS type
         FROM fact_terms t LEFT JOIN fact_terms type ON type.organization_id = $1 AND type.id = t.type
        WHERE t.organization_id = $1 AND t.id = ANY ($2::integer[])`,
      [organizationId, terms],
    );
    return new Map(
      rows.map(({ id, value, names, descriptions, type }) => [
        id,
        { value: value ?? '', names: names ?? {}, descriptions: descriptions ?? {}, type: type ?? undefined },
      ]),
    );
  }
}

interface LabelRow {
  readonly id: number;
  readonly value: string | null;
  readonly type: string | null;
}

/** Far above what is shown: what a question that is too broad can cost in memory. */
const MOST_ROWS = 200_000;

/** The term of one of the identities of the person that the actor is, the same for all of them. */
const PERSON_OF_ACTOR = 'coalesce(same.term, f.actor)';

const JOIN_PERSONS = `LEFT JOIN (
    SELECT t.id AS actor, min(t.id) OVER (PARTITION BY p.person_id) AS term
      FROM ${SAME_PERSON} p JOIN fact_terms t ON t.organization_id = $1 AND t.key = p.agent_key
     WHERE t.value IS NOT NULL) same ON same.actor = f.actor`;

const EXPRESSIONS: Readonly<Record<Category, string>> = {
  VERB: 'f.verb',
  ACTIVITY: 'f.activity',
  ACTIVITY_TYPE: 'f.activity_type',
  ACTOR: 'f.actor',
  PERSON: PERSON_OF_ACTOR,
  PARENT: 'parent.term',
  REGISTRATION: 'f.registration',
  RESPONSE: 'f.response',
  SUCCESS: 'f.success::integer',
  COMPLETION: 'f.completion::integer',
};

interface Source {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** The facts that fit, with the columns that are measured and one column a dimension: g1, g2. */
function sourceOf({ conditions, timeZone, wanted }: Measuring, dimensions: readonly Dimension[]): Source {
  const parameters = [...conditions.parameters];
  const expressions = dimensions.map((dimension, index) => {
    if (!isCalendar(dimension)) return `${EXPRESSIONS[dimension]} AS g${index + 1}`;
    const zone = `$${parameters.push(timeZone)}`;
    const local = `date_trunc('${CALENDAR[dimension]}', f.happened_at AT TIME ZONE ${zone})`;
    return `extract(epoch FROM ${local} AT TIME ZONE ${zone})::double precision AS g${index + 1}`;
  });
  const parents = dimensions.includes('PARENT')
    ? `LEFT JOIN fact_contexts parent
         ON parent.organization_id = $1 AND parent.context = f.context AND parent.role = ${ROLES.parent}`
    : '';
  const persons = wanted.distinctPersons || dimensions.includes('PERSON') ? JOIN_PERSONS : '';
  const measured = ['actor', 'activity', 'scaled', 'duration_ms', 'success'].map((column) => `f.${column}`);
  if (wanted.distinctPersons) measured.push(`${PERSON_OF_ACTOR} AS person`);
  return {
    text: `(SELECT ${[...measured, ...expressions].join(', ')} FROM statement_facts f ${parents} ${persons} WHERE ${conditions.where})`,
    parameters,
  };
}

export const isCalendar = (dimension: Dimension): dimension is CalendarUnit => dimension in CALENDAR;

const columnsOf = (dimensions: readonly Dimension[]): string =>
  dimensions.map((_, index) => `m.g${index + 1}`).join(', ');

/** Whether a row is of one of the groups. Terms are above 0, and yes and no 1 and 0: so -1 stands for none. */
function memberOf(
  categories: readonly Category[],
  groups: readonly GroupNumbers[],
  parametersBefore: number,
): { condition: string; values: unknown[] } {
  if (categories.length === 0) return { condition: 'TRUE', values: [] };
  const columns = categories.map((_, index) => `coalesce(m.g${index + 1}, -1)`).join(', ');
  const lists = categories.map((_, index) => `$${parametersBefore + index + 1}::integer[]`).join(', ');
  return {
    condition: `((${columns}) IN (SELECT * FROM unnest(${lists})))`,
    values: categories.map((_, index) => groups.map((numbers) => numbers[index] ?? -1)),
  };
}

function groupRow(row: MeasureRow, dimensions: readonly Dimension[]): GroupRow {
  return { numbers: dimensions.map((_, index) => row[`g${index + 1}`] ?? null), measures: row };
}
