import { Injectable } from '@nestjs/common';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ProjectedRecord } from '../learner-record.js';

/** Writes records, and remembers up to which statement they are made. In the organization of the current unit of work. */
@Injectable()
export class ProjectionStore {
  constructor(private readonly sql: Sql) {}

  /** The position of the last statement that the records take into account; 0 when there are none. */
  async cursor(organizationId: string): Promise<string> {
    const [row] = await this.sql.query<{ position: string }>(
      'SELECT position::text AS position FROM record_cursors WHERE organization_id = $1',
      [organizationId],
    );
    return row?.position ?? '0';
  }

  /** The same, and whoever else wants to go on from there waits until this transaction has ended. */
  async lockCursor(organizationId: string): Promise<string> {
    await this.sql.query('INSERT INTO record_cursors VALUES ($1, 0) ON CONFLICT DO NOTHING', [organizationId]);
    const [row] = await this.sql.query<{ position: string }>(
      'SELECT position::text AS position FROM record_cursors WHERE organization_id = $1 FOR UPDATE',
      [organizationId],
    );
    return row!.position;
  }

  async moveCursor(organizationId: string, position: string): Promise<void> {
    await this.sql.query('UPDATE record_cursors SET position = $2 WHERE organization_id = $1', [
      organizationId,
      position,
    ]);
  }

  /** Forgets all records that can be made again from the first statement; the others stand until they are made anew. */
  async clear(organizationId: string): Promise<void> {
    await this.sql.query(
      `DELETE FROM learner_records r WHERE organization_id = $1 AND NOT EXISTS (
         SELECT FROM record_removed_sums s WHERE s.organization_id = $1 AND s.registration = r.registration)`,
      [organizationId],
    );
    await this.moveCursor(organizationId, '0');
  }

  /** How many records the learners have, by their keys; of one registration when it is given. */
  async countOf(organizationId: string, learners: readonly string[], registration?: string): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM learner_records
        WHERE organization_id = $1 AND learner_key = ANY ($2::uuid[]) AND ($3::uuid IS NULL OR registration = $3)`,
      [organizationId, learners, registration ?? null],
    );
    return row!.count;
  }

  /** The next registrations after one under which the learners have records. */
  async registrationsOf(
    organizationId: string,
    learners: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<string[]> {
    const rows = await this.sql.query<{ registration: string }>(
      `SELECT DISTINCT registration FROM learner_records
        WHERE organization_id = $1 AND learner_key = ANY ($2::uuid[]) AND ($3::uuid IS NULL OR registration > $3)
        ORDER BY registration LIMIT $4`,
      [organizationId, learners, after ?? null, limit],
    );
    return rows.map(({ registration }) => registration);
  }

  /** Puts these records in the place of all that the registration had. */
  async replace(organizationId: string, registration: string, projected: readonly ProjectedRecord[]): Promise<void> {
    await this.sql.query('DELETE FROM learner_records WHERE organization_id = $1 AND registration = $2', [
      organizationId,
      registration,
    ]);
    const records = projected.map(({ record }) => record);
    const answers = projected.flatMap(({ record, answers }) =>
      answers.map((answer) => ({ recordId: record.id, ...answer })),
    );
    const runs = projected.flatMap(({ record, scenarioRuns }) =>
      scenarioRuns.map((run) => ({ recordId: record.id, ...run })),
    );
    const decisions = runs.flatMap(({ recordId, lessonId, run, decisions }) =>
      decisions.map((decision) => ({ recordId, lessonId, run, ...decision })),
    );
    for (const [table, rows] of [
      [RECORDS, records],
      [ANSWERS, answers],
      [RUNS, runs],
      [DECISIONS, decisions],
    ] as const) {
      if (rows.length > 0) await this.sql.query(insertOf(table), [organizationId, JSON.stringify(rows)]);
    }
  }
}

/** A table, and its columns by the properties that they keep. */
interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, readonly [column: string, type: string]>>;
}

const RECORDS: Table = {
  name: 'learner_records',
  columns: {
    id: ['id', 'uuid'],
    registration: ['registration', 'uuid'],
    courseId: ['course_id', 'uuid'],
    version: ['version', 'integer'],
    learnerKey: ['learner_key', 'uuid'],
    learner: ['learner', 'json'],
    progress: ['progress', 'smallint'],
    completion: ['completion', 'boolean'],
    success: ['success', 'boolean'],
    score: ['score', 'double precision'],
    secondsSpent: ['seconds_spent', 'double precision'],
    startedAt: ['started_at', 'timestamptz'],
    lastActivityAt: ['last_activity_at', 'timestamptz'],
    completedAt: ['completed_at', 'timestamptz'],
    updatedAt: ['updated_at', 'timestamptz'],
  },
};

const ANSWERS: Table = {
  name: 'record_answers',
  columns: {
    recordId: ['record_id', 'uuid'],
    statementId: ['statement_id', 'uuid'],
    lessonId: ['lesson_id', 'uuid'],
    elementId: ['element_id', 'uuid'],
    attempt: ['attempt', 'integer'],
    interactionType: ['interaction_type', 'text'],
    response: ['response', 'text'],
    correct: ['correct', 'boolean'],
    score: ['score', 'double precision'],
    seconds: ['seconds', 'double precision'],
    answeredAt: ['answered_at', 'timestamptz'],
  },
};

const RUNS: Table = {
  name: 'record_scenario_runs',
  columns: {
    recordId: ['record_id', 'uuid'],
    lessonId: ['lesson_id', 'uuid'],
    run: ['run', 'integer'],
    endingId: ['ending_id', 'text'],
    outcome: ['outcome', 'text'],
    score: ['score', 'double precision'],
    variables: ['variables', 'json'],
    endedAt: ['ended_at', 'timestamptz'],
  },
};

const DECISIONS: Table = {
  name: 'record_decisions',
  columns: {
    recordId: ['record_id', 'uuid'],
    lessonId: ['lesson_id', 'uuid'],
    run: ['run', 'integer'],
    statementId: ['statement_id', 'uuid'],
    nodeId: ['node_id', 'uuid'],
    choiceId: ['choice_id', 'text'],
    variablesBefore: ['variables_before', 'json'],
    variablesAfter: ['variables_after', 'json'],
    seconds: ['seconds', 'double precision'],
    decidedAt: ['decided_at', 'timestamptz'],
  },
};

/** One statement for all rows: $1 the organization, $2 the rows as a JSON list of objects by property. */
function insertOf({ name, columns }: Table): string {
  const entries = Object.entries(columns);
  return `INSERT INTO ${name} (organization_id, ${entries.map(([, [column]]) => column).join(', ')})
          SELECT $1, ${entries.map(([property]) => `"${property}"`).join(', ')}
            FROM json_to_recordset($2::json) AS row (${entries.map(([property, [, type]]) => `"${property}" ${type}`).join(', ')})`;
}
