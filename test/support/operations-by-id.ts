/** Every operation that takes an id, read from the schema, so that a new one cannot be forgotten. */
import { readFileSync } from 'node:fs';
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isScalarType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLInputField,
} from 'graphql';
import type { Ids } from './everything-with-an-id.js';
import type { TestApp } from './test-app.js';

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));

type Arguments = Record<string, unknown>;

const content = {
  course: { title: 'A', slug: 'taken-over', language: 'en', objectives: [], completionRule: 'ALL_REQUIRED_LESSONS' },
  section: { title: 'A' },
  lesson: { page: { title: 'A' } },
  block: { text: { body: 'A' } },
  question: { trueFalse: { prompt: 'A?', answer: true } },
  variable: { boolean: { name: 'A', initial: true } },
  node: { scene: { body: 'A' } },
  target: { xapi: { endpoint: 'https://lrs.example.com/xapi', auth: { bearer: { token: 'taken-over' } } } },
  exit: ({ node }: Ids) => ({ edge: { target: node } }),
};
const stranger = { mbox: 'mailto:stranger@example.com' };
const change = (id: string, changed: unknown) => ({ input: { id, expectedRevision: 1, content: changed } });
const child = (parentId: string, made: unknown) => ({ input: { parentId, content: made } });

/** The arguments of each operation; the subscription is tried in graphql-subscriptions.test.ts. */
export const OPERATIONS_BY_ID: Readonly<Record<string, (ids: Ids) => Arguments>> = {
  asset: ({ asset }) => ({ id: asset }),
  compareVersions: ({ version }) => ({ fromVersionId: version }),
  course: ({ course }) => ({ id: course }),
  courseSource: ({ course }) => ({ courseId: course }),
  courseVersion: ({ version }) => ({ id: version }),
  courseVersions: ({ course }) => ({ courseId: course }),
  element: ({ block }) => ({ id: block }),
  erasure: (ids) => ({ id: ids.erasure }),
  erasurePreview: ({ person }) => ({ person: { id: person } }),
  gradeAnswer: ({ question }) => ({ elementId: question, response: { trueFalse: true } }),
  learnerRecord: ({ registration }) => ({ registration }),
  learnerRecords: ({ course }) => ({ filter: { courseId: course } }),
  package: (ids) => ({ id: ids.package }),
  packages: ({ version }) => ({ versionId: version }),
  person: (ids) => ({ person: { id: ids.person } }),
  pipe: (ids) => ({ id: ids.pipe }),
  pipeDeadLetters: (ids) => ({ pipeId: ids.pipe }),
  profileReportCounts: ({ apiKey }) => ({ filter: { keyId: apiKey } }),
  profileReports: ({ apiKey }) => ({ filter: { keyId: apiKey } }),
  retentionPreview: ({ retentionRule }) => ({ input: { ruleId: retentionRule } }),
  retentionRule: ({ retentionRule }) => ({ id: retentionRule }),
  retentionRun: ({ retentionRun }) => ({ id: retentionRun }),
  retentionRuns: ({ retentionRule }) => ({ ruleId: retentionRule }),
  scenarioReport: ({ scenario }) => ({ lessonId: scenario }),
  statement: ({ statement }) => ({ id: statement }),
  statementAggregate: ({ statement }) => ({ filter: { ids: [statement] } }),
  statementExport: (ids) => ({ id: ids.statementExport }),
  statementImport: (ids) => ({ id: ids.statementImport }),
  statements: ({ registration }) => ({ filter: { registrations: [registration] } }),
  validateCourse: ({ course }) => ({ courseId: course }),

  cancelRetentionRun: ({ retentionRun }) => ({ id: retentionRun }),
  cancelStatementImport: (ids) => ({ id: ids.statementImport }),
  copyCourse: ({ course }) => ({ input: { id: course, slug: 'taken-over' } }),
  copyElement: ({ page }) => ({ input: { id: page } }),
  createBlock: ({ page }) => child(page, content.block),
  createLesson: ({ section }) => child(section, content.lesson),
  createQuestion: ({ assessment }) => child(assessment, content.question),
  createScenarioExit: (ids) => child(ids.node, content.exit(ids)),
  createScenarioNode: ({ scenario }) => child(scenario, content.node),
  createScenarioVariable: ({ scenario }) => child(scenario, content.variable),
  createSection: ({ course }) => child(course, content.section),
  deleteAsset: ({ asset }) => ({ id: asset }),
  deleteCourse: ({ course }) => ({ input: { id: course, expectedRevision: 1 } }),
  deleteElement: ({ block }) => ({ input: { id: block, expectedRevision: 1 } }),
  deleteRetentionRule: ({ retentionRule }) => ({ input: { id: retentionRule, expectedRevision: 1 } }),
  deleteTokenIssuer: (ids) => ({ id: ids.tokenIssuer, expectedRevision: 1 }),
  deleteStatementExport: (ids) => ({ id: ids.statementExport }),
  deletePipe: (ids) => ({ input: { id: ids.pipe, expectedRevision: 1 } }),
  erasePerson: ({ person }) => ({ input: { person: { id: person } } }),
  exportPackage: ({ version }) => ({ input: { versionId: version, format: 'SCORM_1_2' } }),
  mergePersons: ({ person }) => ({ input: { identities: [stranger], personIds: [person] } }),
  moveElement: ({ block }) => ({ input: { id: block, position: 0 } }),
  pausePipe: (ids) => ({ id: ids.pipe }),
  publishCourse: ({ course }) => ({ input: { courseId: course } }),
  replayPipe: (ids) => ({ input: { id: ids.pipe, since: '2026-01-01T00:00:00Z' } }),
  resumePipe: (ids) => ({ id: ids.pipe }),
  retryPipeDeadLetters: (ids) => ({ input: { pipeId: ids.pipe } }),
  revokeApiKey: ({ apiKey }) => ({ id: apiKey }),
  revokePackageKey: (ids) => ({ packageId: ids.package }),
  skipPipeDeadLetters: (ids) => ({ input: { pipeId: ids.pipe } }),
  splitPerson: ({ person }) => ({ input: { personId: person, identities: [stranger] } }),
  setProfilePolicy: ({ apiKey }) => ({
    input: { keyId: apiKey, profiles: ['urn:lectern:xapi:profile'], mode: 'REPORT' },
  }),
  startRetentionRun: ({ retentionRule }) => ({ ruleId: retentionRule }),
  updateApiKey: ({ apiKey }) => ({ input: { id: apiKey, expectedRevision: 1, name: 'Taken over' } }),
  updateBlock: ({ block }) => change(block, content.block),
  updateCourse: ({ course }) => change(course, content.course),
  updateLesson: ({ page }) => change(page, content.lesson),
  updatePipe: (ids) => ({ input: { id: ids.pipe, expectedRevision: 1, name: 'A', target: content.target } }),
  updateQuestion: ({ question }) => change(question, content.question),
  updateRetentionRule: ({ retentionRule }) => ({
    input: { id: retentionRule, expectedRevision: 1, name: 'Taken over', action: 'KEEP' },
  }),
  updateScenarioExit: (ids) => change(ids.exit, content.exit(ids)),
  updateScenarioNode: ({ node }) => change(node, content.node),
  updateScenarioVariable: ({ variable }) => change(variable, content.variable),
  updateSection: ({ section }) => change(section, content.section),
  updateTokenIssuer: (ids) => ({ input: { id: ids.tokenIssuer, expectedRevision: 1, name: 'Taken over' } }),
};

/**
 * An upload's id is the storage's, and it needs S3-compatible storage (test/integration/storage.test.ts). What an export finds by
 * ids is told by its file, not by its answer (statement-exports.test.ts).
 */
const TRIED_ELSEWHERE = ['completeAssetUpload', 'exportStatements'];

/** The names of all queries and mutations that take an id. */
export function operationsById(): string[] {
  const fields = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) => Object.values(type.getFields()));
  return fields
    .filter(({ args, name }) => !TRIED_ELSEWHERE.includes(name) && args.some(takesId))
    .map(({ name }) => name);
}

function takesId({ type }: GraphQLArgument | GraphQLInputField): boolean {
  const named = getNamedType(type);
  if (isScalarType(named) || isEnumType(named)) return named.name === 'ID';
  return isInputObjectType(named) && Object.values(named.getFields()).some(takesId);
}

/** What each operation answers: `null`, `empty` for a list, the code of an error, or `done`. */
export async function answersById(
  app: TestApp,
  ids: Ids,
  key: string,
  only?: 'query',
): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [name, argumentsOf] of Object.entries(OPERATIONS_BY_ID)) {
    if (only === 'query' && !isQuery(name)) continue;
    answers[name] = await answerOf(app, name, argumentsOf(ids), key);
  }
  return answers;
}

const isQuery = (name: string): boolean => name in schema.getQueryType()!.getFields();

async function answerOf(app: TestApp, name: string, given: Arguments, key: string): Promise<string> {
  const type = isQuery(name) ? schema.getQueryType()! : schema.getMutationType()!;
  const field = type.getFields()[name]!;
  const used = field.args.filter((argument) => argument.name in given);
  const variables = used.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(', ');
  const values = used.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
  const query = `${isQuery(name) ? 'query' : 'mutation'} (${variables}) { ${name}(${values}) ${selectionOf(field.type)} }`;
  const { data, errors } = await app.graphql<Record<string, unknown>>(query, given, key);
  if (errors) return String(errors[0]?.extensions?.['code']);
  return summaryOf(data[name]);
}

function selectionOf(type: Parameters<typeof getNamedType>[0]): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const count = named.name === 'StatementAggregateResult' ? '... on StatementAggregate { total { count } }' : '';
    return `{ __typename ... on UserError { code } ${count} }`;
  }
  if (isObjectType(named) && named.name.endsWith('Connection')) return '{ nodes { __typename } }';
  return isScalarType(named) ? '' : '{ __typename }';
}

function summaryOf(answer: unknown): string {
  if (answer === null) return 'null';
  if (Array.isArray(answer) && answer.length === 0) return 'empty';
  const { code, nodes, total } = answer as { code?: string; nodes?: unknown[]; total?: { count: number } };
  return nodes?.length === 0 || total?.count === 0 ? 'empty' : (code ?? 'done');
}

/** The same with other ids. */
export function withEveryId(ids: Ids, other: () => string): Ids {
  const replaced: { -readonly [Name in keyof Ids]: string } = { ...ids };
  for (const name of Object.keys(ids) as (keyof Ids)[]) replaced[name] = other();
  return replaced;
}
