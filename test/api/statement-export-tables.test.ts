import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exported } from '../support/statement-exports.js';
import { list, minimalStatement, post } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { csvObjects, readCsv, readParquet } from '../support/tables.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

jest.setTimeout(60_000);

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ EXPORT_PART_BYTES: '20000' });
});
afterAll(() => app.close());

const mark = () => `http://example.com/tables/${randomUUID()}`;

/** A statement with something in every column, but for those of other kinds of actors. */
const fullStatement = (activity: string, more: Json = {}): Json => ({
  id: randomUUID(),
  actor: { name: 'Ada "the first", Lovelace', account: { homePage: 'https://lms.example.com', name: 'ada' } },
  verb: { id: 'http://adlnet.gov/expapi/verbs/answered', display: { en: 'answered', de: 'beantwortete' } },
  object: {
    id: activity,
    definition: {
      type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
      name: { en: 'Question', de: 'Frage' },
      description: { en: 'Line one\r\nline two', de: 'Zürich' },
      interactionType: 'fill-in',
    },
  },
  result: {
    success: true,
    completion: false,
    response: '=HYPERLINK("http://evil.example.com")',
    score: { scaled: -0.25, raw: 12.5, min: 0, max: 100 },
    duration: 'PT1M30.5S',
  },
  context: {
    registration: '6f1c2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24',
    instructor: { mbox: 'mailto:teacher@example.com' },
    contextActivities: {
      parent: [{ id: `${activity}/p` }],
      grouping: [{ id: `${activity}/a` }, { id: `${activity}/b` }],
    },
    revision: '2',
    platform: 'LMS',
    language: 'de',
    statement: { objectType: 'StatementRef', id: '11111111-1111-4111-8111-111111111111' },
  },
  timestamp: '2026-03-04T12:30:00.123456+01:00',
  attachments: [
    {
      usageType: 'http://example.com/report',
      display: { en: 'Report' },
      contentType: 'application/pdf',
      length: 4,
      sha2: 'a'.repeat(64),
      fileUrl: 'https://files.example.com/report.pdf',
    },
  ],
  ...more,
});

const COLUMNS = [
  'id',
  'stored',
  'timestamp',
  'voided',
  ...actor('actor'),
  'verb.id',
  'verb.display',
  'object.objectType',
  'object.id',
  'object.definition.type',
  'object.definition.name',
  'object.definition.description',
  'object.definition.interactionType',
  'result.success',
  'result.completion',
  'result.response',
  'result.score.scaled',
  'result.score.raw',
  'result.score.min',
  'result.score.max',
  'result.duration',
  'result.seconds',
  'context.registration',
  'context.contextActivities.parent',
  'context.contextActivities.grouping',
  'context.contextActivities.category',
  'context.contextActivities.other',
  'context.revision',
  'context.platform',
  'context.language',
  'context.statement.id',
  ...actor('context.instructor'),
  ...actor('authority'),
  'version',
  'attachments.sha2',
];

function actor(name: string): string[] {
  const members = ['objectType', 'name', 'mbox', 'mbox_sha1sum', 'openid', 'account.homePage', 'account.name'];
  return members.map((member) => `${name}.${member}`);
}

describe('an export as CSV', () => {
  it('has a line of names, then a line for each statement, in all of its parts', async () => {
    const activity = mark();
    const statements = Array.from({ length: 100 }, () => fullStatement(activity));
    await post(app, statements);
    const { file, fileName } = await exported(app, { format: 'CSV', filter: { activities: [activity] } });
    expect(fileName).toMatch(/\.csv\.gz$/);
    const [names, ...records] = readCsv(gunzipSync(file).toString('utf8'));
    expect(names).toEqual(COLUMNS);
    expect(records.map(([id]) => id)).toEqual(statements.map(({ id }) => id));
    expect(new Set(records.map((record) => record.length))).toEqual(new Set([COLUMNS.length]));
  });

  it('shows what statements say, texts with quotes and line ends too', async () => {
    const activity = mark();
    const sent = fullStatement(activity);
    await post(app, sent);
    const input = { format: 'CSV', filter: { activities: [activity] }, compressed: false };
    const { file } = await exported(app, { ...input, table: { language: 'de', json: true } });
    const [row] = csvObjects(file.toString('utf8'));
    const [stored] = await list(app, { activity });
    expect(row).toEqual({
      ...Object.fromEntries(COLUMNS.map((name) => [name, ''])),
      id: sent['id'],
      stored: stored!['stored'],
      timestamp: stored!['timestamp'],
      voided: 'false',
      'actor.objectType': 'Agent',
      'actor.name': 'Ada "the first", Lovelace',
      'actor.account.homePage': 'https://lms.example.com',
      'actor.account.name': 'ada',
      'verb.id': 'http://adlnet.gov/expapi/verbs/answered',
      'verb.display': 'beantwortete',
      'object.objectType': 'Activity',
      'object.id': activity,
      'object.definition.type': 'http://adlnet.gov/expapi/activities/cmi.interaction',
      'object.definition.name': 'Frage',
      'object.definition.description': 'Zürich',
      'object.definition.interactionType': 'fill-in',
      'result.success': 'true',
      'result.completion': 'false',
      'result.response': `'=HYPERLINK("http://evil.example.com")`,
      'result.score.scaled': '-0.25',
      'result.score.raw': '12.5',
      'result.score.min': '0',
      'result.score.max': '100',
      'result.duration': 'PT1M30.5S',
      'result.seconds': '90.5',
      'context.registration': '6f1c2f0e-3d5b-4c53-9c6a-0d8a7b9e1f24',
      'context.contextActivities.parent': `${activity}/p`,
      'context.contextActivities.grouping': `${activity}/a ${activity}/b`,
      'context.revision': '2',
      'context.platform': 'LMS',
      'context.language': 'de',
      'context.statement.id': '11111111-1111-4111-8111-111111111111',
      'context.instructor.objectType': 'Agent',
      'context.instructor.mbox': 'mailto:teacher@example.com',
      'authority.objectType': 'Agent',
      'authority.name': (stored!['authority'] as Json)['name'],
      'authority.account.homePage': ((stored!['authority'] as Json)['account'] as Json)['homePage'],
      'authority.account.name': ((stored!['authority'] as Json)['account'] as Json)['name'],
      version: stored!['version'],
      'attachments.sha2': 'a'.repeat(64),
      json: row!['json'],
    });
    expect(JSON.parse(row!['json']!)).toEqual(stored);
    const english = await exported(app, input);
    const [first] = csvObjects(english.file.toString('utf8'));
    expect(first!['object.definition.description']).toBe('Line one\r\nline two');
    expect(first).not.toHaveProperty('json');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
    'puts an apostrophe before %j, unless it is told not to',
    async (response) => {
      const activity = mark();
      await post(app, fullStatement(activity, { result: { response } }));
      const input = { format: 'CSV', filter: { activities: [activity] }, compressed: false };
      const responseOf = async (table: Json) =>
        csvObjects((await exported(app, { ...input, table })).file.toString('utf8'))[0]!['result.response'];
      expect(await responseOf({})).toBe(`'${response}`);
      expect(await responseOf({ guardFormulas: false })).toBe(response);
    },
  );

  it('of nothing has its names', async () => {
    const { file, statements } = await exported(app, { format: 'CSV', compressed: false, filter: { verbs: [mark()] } });
    expect(statements).toBe(0);
    expect(readCsv(file.toString('utf8'))).toEqual([COLUMNS]);
  });
});

describe('an export as Parquet', () => {
  it.each([true, false])('is one file of several row groups, in order, typed (compressed: %s)', async (compressed) => {
    const activity = mark();
    const statements = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0 ? fullStatement(activity) : minimalStatement({ id: randomUUID(), object: { id: activity } }),
    );
    await post(app, statements);
    const {
      file,
      fileName,
      statements: count,
    } = await exported(app, {
      format: 'PARQUET',
      compressed,
      filter: { activities: [activity] },
      table: { json: true },
    });
    expect(fileName).toMatch(/\.parquet$/);
    expect(count).toBe(100);
    const { rows, groups, schema } = await readParquet(file);
    expect(groups.length).toBeGreaterThan(2);
    expect(groups.reduce((sum, group) => sum + group, 0)).toBe(100);
    expect(rows.map(({ id }) => id)).toEqual(statements.map(({ id }) => id));
    expect(Object.keys(schema)).toEqual([...COLUMNS, 'json']);
    expect(schema).toMatchObject({
      id: 'BYTE_ARRAY UTF8',
      stored: 'INT64 TIMESTAMP_MILLIS',
      voided: 'BOOLEAN',
      'result.score.scaled': 'DOUBLE',
    });
    const stored = await list(app, { activity, ascending: 'true' });
    expect(rows.map(({ json }) => JSON.parse(json as string) as Json)).toEqual(stored);
    expect(rows[0]).toMatchObject({
      stored: new Date(stored[0]!['stored'] as string),
      timestamp: new Date('2026-03-04T11:30:00.123Z'),
      voided: false,
      'result.success': true,
      'result.score.scaled': -0.25,
      'result.seconds': 90.5,
      'result.response': '=HYPERLINK("http://evil.example.com")',
      'context.contextActivities.grouping': `${activity}/a ${activity}/b`,
    });
    expect(rows[1]).toMatchObject({ 'result.success': null, 'result.score.scaled': null, 'verb.display': null });
  });

  it('tells which statements are voided, when they are asked for', async () => {
    const activity = mark();
    const [one, other] = await post(app, [fullStatement(activity), fullStatement(activity)]);
    const verb = { id: 'http://adlnet.gov/expapi/verbs/voided' };
    await post(app, minimalStatement({ verb, object: { objectType: 'StatementRef', id: one } }));
    const input = { format: 'PARQUET', filter: { activities: [activity] } };
    const all = await readParquet((await exported(app, { ...input, includeVoided: true })).file);
    expect(all.rows.map(({ id, voided }) => [id, voided])).toEqual([
      [one, true],
      [other, false],
    ]);
    const valid = await readParquet((await exported(app, input)).file);
    expect(valid.rows.map(({ id }) => id)).toEqual([other]);
  });

  it('of nothing is a table without rows', async () => {
    const { file } = await exported(app, { format: 'PARQUET', filter: { verbs: [mark()] } });
    const { rows, groups, schema } = await readParquet(file);
    expect({ rows, groups, names: Object.keys(schema) }).toEqual({ rows: [], groups: [], names: COLUMNS });
  });
});
