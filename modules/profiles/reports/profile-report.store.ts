import { Injectable } from '@nestjs/common';
import { Keyset, type Page, type PageRequest } from '../../../src/platform/database/keyset.js';
import { Sql } from '../../../src/platform/database/sql.js';
import type { ValidationFailed } from '../../../src/platform/errors.js';
import type { ProfileReport, ReportCount, ReportFilter } from './profile-report.js';

/** How many problems an organization keeps. */
export const MAXIMUM_REPORTS = 20_000;

const COLUMNS = `id, key_id AS "keyId", statement_id AS "statementId", profile_id AS "profileId", version, template,
  location, code, severity, message, path, reported_at AS "reportedAt"`;

/** Ids are made in the order of time. */
const ORDER = {
  columns: [{ expression: 'id', type: 'uuid', value: (row: ProfileReport) => row.id }],
  descending: true,
} as const;

const MATCHES = `organization_id = $1 AND ($2::text IS NULL OR key_id = $2) AND ($3::text IS NULL OR profile_id = $3)
  AND ($4::text IS NULL OR code = $4) AND ($5::uuid IS NULL OR statement_id = $5)`;

const parametersOf = (organizationId: string, filter: ReportFilter): unknown[] => [
  organizationId,
  filter.keyId ?? null,
  filter.profileId ?? null,
  filter.code ?? null,
  filter.statementId ?? null,
];

/** Reports of the organization of the current unit of work. They are few enough to be looked through. */
@Injectable()
export class ProfileReportStore {
  constructor(private readonly sql: Sql) {}

  async add(organizationId: string, reports: readonly Omit<ProfileReport, 'reportedAt'>[]): Promise<void> {
    await this.sql.query(
      `INSERT INTO profile_reports (organization_id, id, key_id, statement_id, profile_id, version, template, location, code,
                                    severity, message, path)
       SELECT $1, id, "keyId", "statementId", "profileId", version, template, location, code, severity, message, path
         FROM json_to_recordset($2) AS r (id uuid, "keyId" text, "statementId" uuid, "profileId" text, version text,
           template text, location text, code text, severity text, message text, path text[])`,
      [organizationId, JSON.stringify(reports)],
    );
  }

  /** Removes the oldest beyond what is kept. */
  async trim(organizationId: string): Promise<void> {
    await this.sql.query(
      `DELETE FROM profile_reports WHERE organization_id = $1 AND id <= (
         SELECT id FROM profile_reports WHERE organization_id = $1 ORDER BY id DESC OFFSET $2 LIMIT 1)`,
      [organizationId, MAXIMUM_REPORTS],
    );
  }

  async page(
    organizationId: string,
    filter: ReportFilter,
    request: PageRequest,
  ): Promise<Page<ProfileReport> | ValidationFailed> {
    const keyset = Keyset.of<ProfileReport>(request, ORDER);
    if (!(keyset instanceof Keyset)) return keyset;
    const rows = await this.sql.query<ProfileReport>(
      `SELECT ${COLUMNS} FROM profile_reports WHERE ${MATCHES} AND ${keyset.where(6)}
        ORDER BY ${keyset.orderBy} LIMIT ${keyset.limit}`,
      [...parametersOf(organizationId, filter), ...keyset.parameters],
    );
    return keyset.page(rows);
  }

  async count(organizationId: string, filter: ReportFilter): Promise<number> {
    const [row] = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM profile_reports WHERE ${MATCHES}`,
      parametersOf(organizationId, filter),
    );
    return row!.count;
  }

  /** What problems say, in words. They are few; see MAXIMUM_REPORTS. */
  messages(organizationId: string): Promise<{ id: string; text: string }[]> {
    return this.sql.query(
      `SELECT id, message || ' ' || array_to_string(path, ' ') AS text FROM profile_reports
        WHERE organization_id = $1 AND message <> ''`,
      [organizationId],
    );
  }

  /** @returns how many had one */
  async clearMessages(
    organizationId: string,
    { ids, statementIds }: { readonly ids?: readonly string[]; readonly statementIds?: readonly string[] },
  ): Promise<number> {
    const rows = await this.sql.query(
      `UPDATE profile_reports SET message = '', path = '{}'
        WHERE organization_id = $1 AND message <> '' AND (id = ANY ($2::uuid[]) OR statement_id = ANY ($3::uuid[]))
       RETURNING 1`,
      [organizationId, ids ?? [], statementIds ?? []],
    );
    return rows.length;
  }

  /** One row a problem of a key, the most frequent first. */
  counts(organizationId: string, filter: ReportFilter, limit: number): Promise<ReportCount[]> {
    return this.sql.query<ReportCount>(
      `SELECT key_id AS "keyId", profile_id AS "profileId", template, location, code, severity, count(*)::int AS count,
              max(reported_at) AS "lastReportedAt", (array_agg(statement_id ORDER BY id DESC))[1] AS "statementId"
         FROM profile_reports WHERE ${MATCHES}
        GROUP BY key_id, profile_id, template, location, code, severity
        ORDER BY count(*) DESC, max(id::text) DESC LIMIT $6`,
      [...parametersOf(organizationId, filter), limit],
    );
  }
}
