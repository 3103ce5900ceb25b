import { Injectable } from '@nestjs/common';
import { Keyset } from '../../src/platform/database/keyset.js';
import type { KeysetOrder, Page, PageRequest } from '../../src/platform/database/keyset.js';
import { Sql } from '../../src/platform/database/sql.js';
import { ValidationFailed } from '../../src/platform/errors.js';
import type { Answer, Decision, LearnerRecord, RecordStatus, ScenarioRun } from './learner-record.js';

/** Which records. Everything that is given must hold. */
export interface RecordFilter {
  readonly registration?: string | undefined;
  readonly courseId?: string | undefined;
  readonly version?: number | undefined;
  /** Keys of the learner; one of them must match. */
  readonly learnerKeys?: readonly string[] | undefined;
  readonly completion?: boolean | undefined;
  readonly success?: boolean | undefined;
  readonly status?: RecordStatus | undefined;
  /** Changed then or later, and then or before. */
  readonly updatedSince?: Date | undefined;
  readonly updatedUntil?: Date | undefined;
}

/** A part of a record, and the record that it is a part of. */
export type PartOfRecord<Part> = Part & { readonly recordId: string };

/** What statusOf says, in SQL. */
const STATUS = `CASE WHEN r.success THEN 'PASSED' WHEN NOT r.success THEN 'FAILED' WHEN r.completion THEN 'COMPLETED' ELSE 'IN_PROGRESS' END`;

const CONDITIONS: Readonly<Record<keyof RecordFilter, string>> = {
  registration: 'r.registration =',
  courseId: 'r.course_id =',
  version: 'r.version =',
  learnerKeys: 'r.learner_key = ANY',
  completion: 'r.completion =',
  success: 'r.success =',
  status: `${STATUS} =`,
  updatedSince: 'r.updated_at >=',
  updatedUntil: 'r.updated_at <=',
};

const NEWEST_FIRST: KeysetOrder<LearnerRecord> = {
  columns: [
    { expression: 'r.updated_at', type: 'timestamptz', value: ({ updatedAt }) => updatedAt.toISOString() },
    { expression: 'r.id', type: 'uuid', value: ({ id }) => id },
  ],
  descending: true,
};

const COLUMNS = `r.id, r.registration, r.course_id AS "courseId", r.version, r.learner, r.learner_key AS "learnerKey",
  r.progress, r.completion, r.success, r.score, r.seconds_spent AS "secondsSpent", r.started_at AS "startedAt",
  r.last_activity_at AS "lastActivityAt", r.completed_at AS "completedAt", r.updated_at AS "updatedAt"`;

/** Reads records of the organization of the current unit of work. */
@Injectable()
export class LearnerRecordStore {
  constructor(private readonly sql: Sql) {}

  /** The records that changed last come first. */
  async page(
    organizationId: string,
    filter: RecordFilter,
    request: PageRequest,
  ): Promise<Page<LearnerRecord> | ValidationFailed> {
    const keyset = Keyset.of(request, NEWEST_FIRST);
    if (keyset instanceof ValidationFailed) return keyset;
    const { where, parameters } = conditionsOf(organizationId, filter);
    const rows = await this.sql.query<Nullable<LearnerRecord>>(
      `SELECT ${COLUMNS} FROM learner_records r WHERE ${where} AND ${keyset.where(parameters.length + 1)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [...parameters, ...keyset.parameters],
    );
    return keyset.page(rows.map(withoutNulls));
  }

  async count(organizationId: string, filter: RecordFilter): Promise<number> {
    const { where, parameters } = conditionsOf(organizationId, filter);
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM learner_records r WHERE ${where}`,
      parameters,
    );
    return row!.count;
  }

  /** In the order of time. */
  async answers(organizationId: string, recordIds: readonly string[]): Promise<PartOfRecord<Answer>[]> {
    const rows = await this.sql.query<Nullable<PartOfRecord<Answer>>>(
      `SELECT record_id AS "recordId", statement_id AS "statementId", lesson_id AS "lessonId", element_id AS "elementId", attempt,
              interaction_type AS "interactionType", response, correct, score, seconds, answered_at AS "answeredAt"
         FROM record_answers WHERE organization_id = $1 AND record_id = ANY ($2::uuid[])
        ORDER BY answered_at, statement_id`,
      [organizationId, recordIds],
    );
    return rows.map(withoutNulls);
  }

  /** By lesson and run, each with its decisions in the order of time. */
  async scenarioRuns(organizationId: string, recordIds: readonly string[]): Promise<PartOfRecord<ScenarioRun>[]> {
    const runs = await this.sql.query<Nullable<PartOfRecord<Omit<ScenarioRun, 'decisions'>>>>(
      `SELECT record_id AS "recordId", lesson_id AS "lessonId", run, ending_id AS "endingId", outcome, score, variables,
              ended_at AS "endedAt"
         FROM record_scenario_runs WHERE organization_id = $1 AND record_id = ANY ($2::uuid[])
        ORDER BY lesson_id, run`,
      [organizationId, recordIds],
    );
    const decisions = await this.sql.query<Nullable<Decision & RunKey>>(
      `SELECT record_id AS "recordId", lesson_id AS "lessonId", run, statement_id AS "statementId", node_id AS "nodeId",
              choice_id AS "choiceId", variables_before AS "variablesBefore", variables_after AS "variablesAfter", seconds,
              decided_at AS "decidedAt"
         FROM record_decisions WHERE organization_id = $1 AND record_id = ANY ($2::uuid[])
        ORDER BY decided_at, statement_id`,
      [organizationId, recordIds],
    );
    const byRun = groupBy(decisions.map(withoutNulls), keyOf);
    return runs.map(withoutNulls).map((run) => ({ ...run, decisions: byRun.get(keyOf(run)) ?? [] }));
  }
}

interface RunKey {
  readonly recordId: string;
  readonly lessonId: string;
  readonly run: number;
}

const keyOf = ({ recordId, lessonId, run }: RunKey): string => `${recordId} ${lessonId} ${run}`;

/** The items by key, in their order. */
export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function conditionsOf(organizationId: string, filter: RecordFilter): { where: string; parameters: unknown[] } {
  const parameters: unknown[] = [organizationId];
  const conditions = Object.entries(CONDITIONS).flatMap(([name, condition]) => {
    const value = filter[name as keyof RecordFilter];
    if (value === undefined) return [];
    const parameter = `$${parameters.push(value)}`;
    return [condition.endsWith('ANY') ? `${condition} (${parameter}::uuid[])` : `${condition} ${parameter}`];
  });
  return { where: ['r.organization_id = $1', ...conditions].join(' AND '), parameters };
}

/** A row as PostgreSQL gives it: what is undefined elsewhere is null. */
type Nullable<T> = { [K in keyof T]: undefined extends T[K] ? Exclude<T[K], undefined> | null : T[K] };

function withoutNulls<T extends object>(row: Nullable<T>): T {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? undefined])) as T;
}
