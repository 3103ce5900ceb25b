import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../src/platform/access/principal.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import type { TooCostly } from '../insights.errors.js';
import { FactsReader } from '../statements/facts-reader.js';
import { StatementConditionsStore } from '../statements/statement-conditions.store.js';
import type { Aggregate, AggregateQuestion, CalendarUnit, Category, Group, GroupKey, Label } from './aggregate.js';
import { AggregateStore, isCalendar } from './aggregate.store.js';
import type { GroupNumbers, GroupRow, Measuring, SpanRow } from './aggregate.store.js';
import { measuresOf, noMeasures } from './measures.sql.js';
import { problemsOf } from './question-rules.js';

/** Spans of a series, and groups of an answer. */
const MOST_SPANS = 1_000;
const MOST_GROUPS = 5_000;

/** Numbers about many statements. */
@Injectable()
export class AggregatesService {
  constructor(
    private readonly reader: FactsReader,
    private readonly conditions: StatementConditionsStore,
    private readonly store: AggregateStore,
  ) {}

  /** @throws AccessDenied without the scope `records:read` */
  async answer(principal: Principal, question: AggregateQuestion): Promise<Aggregate | ValidationFailed | TooCostly> {
    const problems = [...problemsOf(question)];
    if (problems.length > 0) return new ValidationFailed(problems);
    return this.reader.read(principal, async (consistentThrough) => {
      const conditions = await this.conditions.of(principal.organizationId, question.filter);
      if (conditions instanceof ValidationFailed) return conditions;
      const measuring = { conditions, wanted: question, timeZone: question.timeZone };
      const parts = await this.parts(measuring, question);
      if (parts instanceof ValidationFailed) return parts;
      const { rows, ...rest } = parts;
      return { ...rest, groups: await this.shown(principal.organizationId, question, rows), consistentThrough };
    });
  }

  private async parts(
    measuring: Measuring,
    question: AggregateQuestion,
  ): Promise<(Pick<Aggregate, 'total' | 'others' | 'groupCount'> & { rows: SpannedRow[] }) | ValidationFailed> {
    const { groupBy, first, others } = question;
    const categories = groupBy.filter((dimension) => !isCalendar(dimension));
    const unit = groupBy.find(isCalendar);
    const total = question.total ? measuresOf(await this.store.total(measuring), question) : undefined;
    if (groupBy.length === 0) return { total, others: undefined, groupCount: 0, rows: [] };
    const ranked =
      categories.length === 0 ? { groups: [], groupCount: 0 } : await this.store.largest(measuring, categories, first);
    const listed = ranked.groups.map(({ numbers }) => numbers);
    const isMore = others && ranked.groupCount > ranked.groups.length;
    const rows = unit ? await this.series(measuring, question, unit, { categories, listed }) : ranked.groups;
    if (rows instanceof ValidationFailed) return rows;
    return {
      total,
      others: isMore ? measuresOf(await this.store.others(measuring, categories, listed), question) : undefined,
      groupCount: categories.length === 0 ? rows.length : ranked.groupCount,
      rows,
    };
  }

  /** One row a span of the calendar for each of the listed groups, or for all statements together. */
  private async series(
    measuring: Measuring,
    { filter: { timestamp }, timeZone }: AggregateQuestion,
    unit: CalendarUnit,
    { categories, listed }: { categories: readonly Category[]; listed: readonly GroupNumbers[] },
  ): Promise<SpannedRow[] | ValidationFailed> {
    const rows = await this.store.series(measuring, unit, categories, listed);
    const begins = rows.map(({ numbers }) => numbers.at(-1)!);
    const from = timestamp?.from ?? earliest(begins);
    const to = timestamp?.to ? new Date(timestamp.to.getTime() - 1) : latest(begins);
    if (!from || !to) return [];
    const spans = await this.store.spans(unit, timeZone, from, to, MOST_SPANS + 1);
    const groups = categories.length === 0 ? [[]] : listed;
    if (spans.length > MOST_SPANS || spans.length * groups.length > MOST_GROUPS) return tooManyGroups(unit);
    const found = new Map(rows.map((row) => [row.numbers.join(), row]));
    return groups.flatMap((numbers) =>
      spans.map((span) => {
        const key = [...numbers, span.from];
        return { ...(found.get(key.join()) ?? { numbers: key, measures: undefined }), span };
      }),
    );
  }

  private async shown(
    organizationId: string,
    question: AggregateQuestion,
    rows: readonly SpannedRow[],
  ): Promise<Group[]> {
    const dimensions = [...question.groupBy].sort((one, other) => Number(isCalendar(one)) - Number(isCalendar(other)));
    const terms = new Set<number>();
    for (const { numbers } of rows) {
      numbers.forEach((number, index) => {
        if (number !== null && isTerm(dimensions[index]!)) terms.add(number);
      });
    }
    const labels = await this.store.labels(organizationId, [...terms]);
    return rows.map(({ numbers, measures, span }) => ({
      keys: Object.fromEntries(
        dimensions.map((dimension, index) => [dimension, keyOf(dimension, numbers[index] ?? null, { labels, span })]),
      ),
      measures: measures ? measuresOf(measures, question) : noMeasures(question),
    }));
  }
}

/** A group; of the calendar with its span, and without measures where nothing happened. */
interface SpannedRow extends Omit<GroupRow, 'measures'> {
  readonly measures: GroupRow['measures'] | undefined;
  readonly span?: SpanRow;
}

const isTerm = (dimension: string): boolean =>
  dimension !== 'SUCCESS' && dimension !== 'COMPLETION' && !isCalendar(dimension as CalendarUnit);

function keyOf(
  dimension: string,
  number: number | null,
  { labels, span }: { labels: ReadonlyMap<number, Label>; span: SpanRow | undefined },
): GroupKey {
  if (isCalendar(dimension as CalendarUnit)) return span ? { from: timeOf(span.from), to: timeOf(span.to) } : null;
  if (number === null) return null;
  return isTerm(dimension) ? (labels.get(number) ?? null) : number === 1;
}

const timeOf = (seconds: number): Date => new Date(seconds * 1_000);

const earliest = (begins: readonly number[]): Date | undefined =>
  begins.length === 0 ? undefined : timeOf(begins.reduce((one, other) => Math.min(one, other)));

const latest = (begins: readonly number[]): Date | undefined =>
  begins.length === 0 ? undefined : timeOf(begins.reduce((one, other) => Math.max(one, other)));

function tooManyGroups(unit: CalendarUnit): ValidationFailed {
  const hint = `Narrow filter.timestamp, take a longer unit than ${unit}, or fewer groups (first).`;
  const message = `There are more than ${MOST_SPANS} spans, or ${MOST_GROUPS} groups.`;
  return new ValidationFailed([{ code: 'TOO_MANY_GROUPS', message, path: ['groupBy'], severity: 'ERROR', hint }]);
}
