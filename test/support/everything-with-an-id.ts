import { setTimeout as wait } from 'node:timers/promises';
import { withClient } from '../../src/platform/database/server.js';
import { Author } from './author.js';
import { courseSource } from './course-source.js';
import { Eraser } from './erasures.js';
import { exported } from './exports.js';
import { exported as exportedStatements } from './statement-exports.js';
import { importAll } from './statement-imports.js';
import { minimalStatement, PlayerVoice, post } from './statements.js';
import type { TestApp } from './test-app.js';

/** The ids of one of each thing that has one, all of one organization. */
export interface Ids {
  readonly course: string;
  readonly section: string;
  readonly page: string;
  readonly block: string;
  readonly scenario: string;
  readonly variable: string;
  readonly node: string;
  readonly exit: string;
  readonly assessment: string;
  readonly question: string;
  readonly asset: string;
  readonly version: string;
  readonly package: string;
  readonly apiKey: string;
  readonly registration: string;
  readonly pipe: string;
  readonly retentionRule: string;
  readonly retentionRun: string;
  readonly statement: string;
  readonly statementExport: string;
  readonly statementImport: string;
  readonly tokenIssuer: string;
  readonly person: string;
  readonly erasure: string;
}

type Named = { id: string };
interface Draft extends Named {
  readonly sections: [
    Named & {
      lessons: [
        Named & { blocks: Named[] },
        Named & { variables: Named[]; nodes: [Named & { choices: Named[] }] },
        Named & { questions: Named[] },
      ];
    },
  ];
}

const TREE = `course { id sections { id lessons { id
  ... on PageLesson { blocks { id } }
  ... on ScenarioLesson { variables { id } nodes { id ... on DecisionNode { choices { id } } } }
  ... on AssessmentLesson { questions { id } } } } }`;

/** Authors a course, publishes and exports it, makes a key that sends a statement, and lets a learner begin. */
export async function everythingWithAnId(app: TestApp): Promise<Ids> {
  const author = new Author(app);
  // First of all, and to its end: it deletes files of exports.
  const erased = await new Eraser(app).erase({ agent: { mbox: 'mailto:erased@example.com' } });
  const imported = await author.mutate('importCourse', { document: courseSource('everything') }, TREE);
  const draft = imported['course'] as Draft;
  const published = await author.mutate('publishCourse', { courseId: draft.id }, 'version { id }');
  const version = (published['version'] as Named).id;
  const { assets } = await author.ask<{ assets: { nodes: Named[] } }>('{ assets { nodes { id } } }');
  const made = await author.mutate(
    'createApiKey',
    { name: 'Spare', scopes: ['STATEMENTS_WRITE'] },
    'apiKey { id } credentials',
  );
  await breakAProfile(app, author, (made['apiKey'] as Named).id, made['credentials'] as string);
  const [statement] = await post(app, minimalStatement());
  return {
    ...elementsOf(draft),
    asset: assets.nodes[0]!.id,
    version,
    package: (await exported(app, { versionId: version })).id,
    apiKey: (made['apiKey'] as Named).id,
    pipe: await pipeOf(app, author),
    ...(await retentionOf(author)),
    registration: await begin(app, author, draft.id),
    statement: statement!,
    statementExport: (await exportedStatements(app, { format: 'CSV' })).id,
    statementImport: (await importAll(app, '')).id,
    tokenIssuer: await tokenIssuerOf(author),
    person: await personOf(author),
    erasure: erased.id,
  };
}

async function personOf(author: Author): Promise<string> {
  const identities = [{ mbox: 'mailto:one@example.com' }, { mbox: 'mailto:two@example.com' }];
  return ((await author.mutate('mergePersons', { identities }, 'person { id }'))['person'] as Named).id;
}

async function tokenIssuerOf(author: Author): Promise<string> {
  const issuer = {
    name: 'Login',
    issuer: 'https://login.example.com',
    audience: 'lectern',
    scopes: ['STATEMENTS_WRITE'],
  };
  const made = await author.mutate('createTokenIssuer', issuer, 'tokenIssuer { id }');
  return (made['tokenIssuer'] as Named).id;
}

/** A rule that finds nothing, and a run of it. */
async function retentionOf(author: Author): Promise<Pick<Ids, 'retentionRule' | 'retentionRun'>> {
  const rule = { name: 'None', action: 'DELETE', days: 36_525 };
  const made = await author.mutate('createRetentionRule', rule, 'rule { id }');
  const retentionRule = (made['rule'] as Named).id;
  const { startRetentionRun } = await author.ask<{ startRetentionRun: { run: Named } }>(
    `mutation { startRetentionRun(ruleId: "${retentionRule}") { ... on StartRetentionRunSuccess { run { id } } } }`,
  );
  return { retentionRule, retentionRun: startRetentionRun.run.id };
}

/** A pipe that leads nowhere, and has a dead letter. */
async function pipeOf(app: TestApp, author: Author): Promise<string> {
  const target = { xapi: { endpoint: 'https://lrs.example.com/xapi', auth: { bearer: { token: 'token' } } } };
  const made = await author.mutate('createPipe', { name: 'Away', target, paused: true }, 'pipe { id }');
  const { id } = made['pipe'] as Named;
  await withClient(app.database.ownerUrl, (client) =>
    client.query(
      `INSERT INTO pipe_dead_letters (organization_id, pipe_id, position, statement_id, reason, answer)
       SELECT organization_id, id, 1, gen_random_uuid(), 'REFUSED', 'no' FROM pipes WHERE id = $1`,
      [id],
    ),
  );
  return id;
}

function elementsOf({ id, sections: [section] }: Draft) {
  const [page, scenario, assessment] = section.lessons;
  const [node] = scenario.nodes;
  return {
    course: id,
    section: section.id,
    page: page.id,
    block: page.blocks[0]!.id,
    scenario: scenario.id,
    variable: scenario.variables[0]!.id,
    node: node.id,
    exit: node.choices[0]!.id,
    assessment: assessment.id,
    question: assessment.questions[0]!.id,
  };
}

/** Sends a statement that is not as its key's profile wants it. */
async function breakAProfile(app: TestApp, author: Author, keyId: string, key: string): Promise<void> {
  const profiles = ['urn:lectern:xapi:profile'];
  await author.mutate('setProfilePolicy', { keyId, profiles, mode: 'REPORT' }, 'policy { mode }');
  const definition = { type: 'http://adlnet.gov/expapi/activities/course' };
  const verb = { id: 'http://adlnet.gov/expapi/verbs/initialized' };
  await post(app, minimalStatement({ verb, object: { id: 'http://example.com/courses/one', definition } }), key);
}

/** @returns the registration, once it has a record */
async function begin(app: TestApp, author: Author, courseId: string): Promise<string> {
  const voice = new PlayerVoice(courseId, 'ada');
  await post(app, voice.say('initialized'));
  const query = 'query ($id: ID!) { learnerRecord(registration: $id) { id } }';
  for (const until = Date.now() + 20_000; Date.now() < until; await wait(50)) {
    const { learnerRecord } = await author.ask<{ learnerRecord: Named | null }>(query, { id: voice.registration });
    if (learnerRecord) return voice.registration;
  }
  throw new Error('The record of the learner does not appear.');
}
