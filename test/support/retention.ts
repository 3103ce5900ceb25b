/** Rules of retention for tests, and statements that are older than they are. */
import { setTimeout as wait } from 'node:timers/promises';
import { withClient } from '../../src/platform/database/server.js';
import { post } from './statements.js';
import type { Json } from './statements.js';
import type { ServiceUnderTest } from './test-app.js';

export interface RunShown {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly expected: number | null;
  readonly deleted: number;
  readonly droppedYears: readonly number[];
  readonly waitsFor: readonly string[];
  readonly requestedBy: string | null;
  readonly error: string | null;
  readonly rule: Json;
}

export interface PreviewShown {
  readonly count: number;
  readonly oldest: string | null;
  readonly newest: string | null;
  readonly verbs: readonly { verb: string; count: number }[];
  readonly years: readonly { year: number; count: number }[];
  readonly attachments: { count: number; bytes: number };
  readonly statementIds: readonly string[];
  readonly droppedYears: readonly number[];
  readonly waiting: number;
  readonly waitsFor: readonly string[];
}

const RULE = `id revision name kind action days basis enabled
  filter { verbs activities relatedActivities activityTypes agents { mbox } registrations registered }`;
const RUN = `id status progress expected deleted droppedYears waitsFor requestedBy error rule { name days }`;
const PREVIEW = `count oldest newest verbs { verb count } years { year count } attachments { count bytes } statementIds
  droppedYears waiting waitsFor`;

/** Retention of one organization. */
export class Archivist {
  constructor(
    private readonly service: ServiceUnderTest,
    readonly key = service.adminKey,
  ) {}

  /** The rule, or `{ code, message, path }`. */
  async create(rule: Json): Promise<Json> {
    const { createRetentionRule } = await this.ask<{ createRetentionRule: Json }>(
      `mutation ($input: CreateRetentionRuleInput!) { createRetentionRule(input: $input) {
         ... on CreateRetentionRuleSuccess { rule { ${RULE} } }
         ... on UserError { code message path } ... on ValidationError { problems { code path } } } }`,
      { input: { name: 'A rule', ...rule } },
    );
    return (createRetentionRule['rule'] as Json | undefined) ?? createRetentionRule;
  }

  /** The id of a rule that must be taken. */
  async rule(rule: Json): Promise<string> {
    const made = await this.create(rule);
    if (made['id'] === undefined) throw new Error(JSON.stringify(made));
    return made['id'] as string;
  }

  async update(input: Json): Promise<Json> {
    const { updateRetentionRule } = await this.ask<{ updateRetentionRule: Json }>(
      `mutation ($input: UpdateRetentionRuleInput!) { updateRetentionRule(input: $input) {
         ... on UpdateRetentionRuleSuccess { rule { ${RULE} } } ... on UserError { code message path } } }`,
      { input: { name: 'A rule', ...input } },
    );
    return (updateRetentionRule['rule'] as Json | undefined) ?? updateRetentionRule;
  }

  async delete(id: string, expectedRevision = 1): Promise<Json> {
    const { deleteRetentionRule } = await this.ask<{ deleteRetentionRule: Json }>(
      `mutation ($input: DeleteRetentionRuleInput!) { deleteRetentionRule(input: $input) {
         ... on DeleteRetentionRuleSuccess { deletedId } ... on UserError { code } } }`,
      { input: { id, expectedRevision } },
    );
    return deleteRetentionRule;
  }

  async preview(wanted: string | Json): Promise<PreviewShown> {
    const input = typeof wanted === 'string' ? { ruleId: wanted } : { rule: { name: 'Tried', ...wanted } };
    const { retentionPreview } = await this.ask<{ retentionPreview: PreviewShown }>(
      `query ($input: RetentionPreviewInput!) { retentionPreview(input: $input) {
         ... on RetentionPreview { ${PREVIEW} } ... on UserError { code message path } } }`,
      { input },
    );
    return retentionPreview;
  }

  /** The run, or `{ code, message }`. */
  async start(ruleId: string): Promise<RunShown> {
    const { startRetentionRun } = await this.ask<{ startRetentionRun: { run?: RunShown } }>(
      `mutation ($ruleId: ID!) { startRetentionRun(ruleId: $ruleId) {
         ... on StartRetentionRunSuccess { run { ${RUN} } } ... on UserError { code message } } }`,
      { ruleId },
    );
    return startRetentionRun.run ?? (startRetentionRun as unknown as RunShown);
  }

  async cancel(id: string): Promise<RunShown> {
    const { cancelRetentionRun } = await this.ask<{ cancelRetentionRun: { run?: RunShown } }>(
      `mutation ($id: ID!) { cancelRetentionRun(id: $id) {
         ... on CancelRetentionRunSuccess { run { ${RUN} } } ... on UserError { code message } } }`,
      { id },
    );
    return cancelRetentionRun.run ?? (cancelRetentionRun as unknown as RunShown);
  }

  async look(id: string): Promise<RunShown> {
    const query = `query ($id: ID!) { retentionRun(id: $id) { ${RUN} } }`;
    return (await this.ask<{ retentionRun: RunShown }>(query, { id })).retentionRun;
  }

  async history(ruleId?: string): Promise<RunShown[]> {
    const query = `query ($ruleId: ID) { retentionRuns(ruleId: $ruleId, first: 100) { nodes { ${RUN} } } }`;
    return (await this.ask<{ retentionRuns: { nodes: RunShown[] } }>(query, { ruleId })).retentionRuns.nodes;
  }

  /** The run as soon as it is like that: has ended, unless something else is given. */
  async until(
    id: string,
    is = ({ status }: RunShown): boolean => ['DONE', 'FAILED', 'CANCELLED'].includes(status),
  ): Promise<RunShown> {
    for (const end = Date.now() + 60_000; ; await wait(20)) {
      const run = await this.look(id);
      if (is(run)) return run;
      if (Date.now() > end) throw new Error(`The run does not get there: ${JSON.stringify(run)}`);
    }
  }

  /** Applies a rule, and waits for the end. */
  async run(ruleId: string): Promise<RunShown> {
    return this.until((await this.start(ruleId)).id);
  }

  send(...statements: Json[]): Promise<string[]> {
    return post(this.service, statements, this.key);
  }

  async organizationId(): Promise<string> {
    const { viewer } = await this.ask<{ viewer: { organization: { id: string } } }>(
      '{ viewer { organization { id } } }',
    );
    return viewer.organization.id;
  }

  /** Asks what must be answered. */
  async ask<Data>(query: string, variables: Json = {}): Promise<Data> {
    const { data, errors } = await this.service.graphql<Data>(query, variables, this.key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }
}

/** A new organization, so that a test sees its own statements only. */
export async function newArchivist(service: ServiceUnderTest): Promise<Archivist> {
  const { createOrganization } = await new Archivist(service).ask<{ createOrganization: { credentials: string } }>(
    'mutation { createOrganization(input: { name: "Another" }) { ... on CreateOrganizationSuccess { credentials } } }',
  );
  return new Archivist(service, createOrganization.credentials);
}

const MILLISECONDS = 86_400_000;

/** Makes statements of an organization so many days older, as if they had been stored then; what is made of them is made anew. */
export async function age(ownerUrl: string, organizationId: string, days: ReadonlyMap<string, number>): Promise<void> {
  const oldest = new Date(Date.now() - Math.max(...days.values()) * MILLISECONDS).getUTCFullYear();
  await withClient(ownerUrl, async (client) => {
    await client.query('SELECT prepare_statement_partitions($1)', [oldest]);
    await client.query('BEGIN');
    // Each table is gone through once for all statements, not once for each, whatever its statistics say at the moment.
    await client.query('SET LOCAL enable_nestloop = off');
    // First the cursors: whoever follows the statements waits from here on, and then begins anew.
    await client.query(
      `INSERT INTO fact_cursors VALUES ($1, 0, 0) ON CONFLICT (organization_id) DO UPDATE SET position = 0, last_term = 0`,
      [organizationId],
    );
    await client.query(
      'INSERT INTO record_cursors VALUES ($1, 0) ON CONFLICT (organization_id) DO UPDATE SET position = 0',
      [organizationId],
    );
    for (const table of FACTS) await client.query(`DELETE FROM ${table} WHERE organization_id = $1`, [organizationId]);
    await client.query(
      `CREATE TEMPORARY TABLE aged ON COMMIT DROP AS
         SELECT i.id, i.position AS before, i.position - given.days::bigint * ${MILLISECONDS} * 1000000 AS position
           FROM statement_ids i JOIN unnest($2::uuid[], $3::int[]) AS given (id, days) ON given.id = i.id
          WHERE i.organization_id = $1`,
      [organizationId, [...days.keys()], [...days.values()]],
    );
    for (const [table, column] of PLACES) {
      await client.query(
        `UPDATE ${table} t SET ${column} = aged.position FROM aged WHERE t.organization_id = $1 AND t.${column} = aged.before`,
        [organizationId],
      );
    }
    await client.query(
      `UPDATE statements s SET payload = regexp_replace(payload::text, '"stored":"[^"]*"', '"stored":"' || to_char(
           to_timestamp(s.position / 1000000000.0) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"')::json
         FROM aged WHERE s.organization_id = $1 AND s.position = aged.position`,
      [organizationId],
    );
    await client.query('COMMIT');
  });
}

const FACTS = ['statement_facts', 'fact_contexts', 'fact_words', 'fact_terms'];

const PLACES = [
  ['statements', 'position'],
  ['statement_ids', 'position'],
  ['statement_terms', 'position'],
  ['statement_targets', 'position'],
  ['statement_references', 'position'],
  ['statement_references', 'target_position'],
  ['statement_reference_terms', 'position'],
  ['statement_reference_terms', 'target_position'],
  ['statement_attachments', 'position'],
] as const;

/** The same number of days for all. */
export const allAged = (ids: readonly string[], days: number): Map<string, number> =>
  new Map(ids.map((id) => [id, days]));
