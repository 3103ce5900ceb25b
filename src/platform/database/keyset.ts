import { ValidationFailed } from '../errors.js';
import type { Problem } from '../errors.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { KeyType } from './cursor.js';

export const MAXIMUM_PAGE = 100;
export const DEFAULT_PAGE = 20;

/** A page as Relay's connection specification asks for it. Neither first nor last: the first {@link DEFAULT_PAGE}. */
export interface PageRequest {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** One a item, in the same order. */
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** What a list is sorted by. The columns together are unique; all run in the same direction. */
export interface KeysetOrder<Item> {
  readonly columns: readonly {
    /** SQL that gives the value, for example `c.id`. Never from a caller's input. */
    readonly expression: string;
    readonly type: KeyType;
    /** The same value of an item; a timestamptz with all its microseconds, as PostgreSQL writes it. */
    readonly value: (item: Item) => string | number;
  }[];
  readonly descending?: boolean;
}

/**
 * The SQL of one page, and the page made of its rows:
 *
 *     const keyset = Keyset.of(request, order);
 *     if (keyset instanceof ValidationFailed) return keyset;
 *     const rows = await sql.query(
 *       `SELECT ... WHERE c.kind = $1 AND ${keyset.where(2)} ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
 *       [kind, ...keyset.parameters]);
 *     return keyset.page(rows.map(toCourse));
 */
export class Keyset<Item> {
  /** Values for the placeholders in {@link where}. */
  readonly parameters: readonly (string | number)[];
  private readonly size: number;
  private readonly backward: boolean;

  private constructor(
    private readonly request: PageRequest,
    private readonly order: KeysetOrder<Item>,
    private readonly bounds: Bounds,
  ) {
    this.backward = request.last != null;
    this.size = request.last ?? request.first ?? DEFAULT_PAGE;
    this.parameters = [...(bounds.after ?? []), ...(bounds.before ?? [])];
  }

  /** @returns ValidationFailed when a count is not from 1 to 100, both counts are given, or a cursor is not of this list. */
  static of<Item>(request: PageRequest, order: KeysetOrder<Item>): Keyset<Item> | ValidationFailed {
    const types = order.columns.map((column) => column.type);
    const after = request.after == null ? undefined : decodeCursor(request.after, types);
    const before = request.before == null ? undefined : decodeCursor(request.before, types);
    const problems = [...countProblems(request)];
    if (after === null) problems.push(foreignCursor('after'));
    if (before === null) problems.push(foreignCursor('before'));
    if (problems.length > 0) return new ValidationFailed(problems);
    return new Keyset(request, order, { after: after ?? undefined, before: before ?? undefined });
  }

  /** A condition; its placeholders count from `$firstPlaceholder`. */
  where(firstPlaceholder: number): string {
    const { after, before } = this.bounds;
    const conditions: string[] = [];
    if (after) conditions.push(this.compare(this.order.descending ? '<' : '>', firstPlaceholder));
    if (before) {
      conditions.push(this.compare(this.order.descending ? '>' : '<', firstPlaceholder + (after?.length ?? 0)));
    }
    return conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
  }

  get orderBy(): string {
    const direction = (this.order.descending ?? false) === this.backward ? 'ASC' : 'DESC';
    return this.order.columns.map((column) => `${column.expression} ${direction}`).join(', ');
  }

  /** One row more than the page holds: it tells whether there is another page. */
  get limit(): number {
    return this.size + 1;
  }

  page(items: readonly Item[]): Page<Item> {
    const more = items.length > this.size;
    const kept = items.slice(0, this.size);
    if (this.backward) kept.reverse();
    return {
      items: kept,
      cursors: kept.map((item) => encodeCursor(this.order.columns.map((column) => column.value(item)))),
      hasNextPage: this.backward ? this.request.before != null : more,
      hasPreviousPage: this.backward ? more : this.request.after != null,
    };
  }

  private compare(operator: '<' | '>', firstPlaceholder: number): string {
    const { columns } = this.order;
    const values = columns.map((column, index) => `$${firstPlaceholder + index}::${column.type}`);
    return `(${columns.map((column) => column.expression).join(', ')}) ${operator} (${values.join(', ')})`;
  }
}

interface Bounds {
  readonly after: readonly (string | number)[] | undefined;
  readonly before: readonly (string | number)[] | undefined;
}

function* countProblems({ first, last }: PageRequest): Generator<Problem> {
  for (const [name, count] of Object.entries({ first, last })) {
    if (count != null && !(Number.isInteger(count) && count >= 1 && count <= MAXIMUM_PAGE)) {
      const message = `${name} must be a whole number from 1 to ${MAXIMUM_PAGE}.`;
      yield { code: 'OUT_OF_RANGE', message, path: [name], severity: 'ERROR' };
    }
  }
  if (first != null && last != null) {
    yield { code: 'CONTRADICTION', message: 'Give first or last, not both.', path: ['last'], severity: 'ERROR' };
  }
}

function foreignCursor(name: string): Problem {
  return {
    code: 'UNKNOWN_CURSOR',
    message: `${name} is not a cursor of this list.`,
    path: [name],
    severity: 'ERROR',
    hint: 'Use a cursor from an edge or from pageInfo of the same connection.',
  };
}
