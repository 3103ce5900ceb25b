/** Erasing a person: nothing is left, numbers stay, others stay as they are. */
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_ORGANIZATION_ID } from '../../modules/access/index.js';
import { FactsProjector } from '../../modules/insights/index.js';
import { withClient } from '../../src/platform/database/server.js';
import { byKind, certificateIn, Eraser, everyBlob, statementTexts, tracesLeft } from '../support/erasures.js';
import type { ErasureShown } from '../support/erasures.js';
import { statementWith, storeWith } from '../support/attachments.js';
import { attachmentOf, getMultipart } from '../support/multipart.js';
import { Registry } from '../support/persons.js';
import { caughtUp, PipeWorkshop, Plumber, to } from '../support/pipes.js';
import { Archivist } from '../support/retention.js';
import { download, exportState, exportThat, startExport } from '../support/statement-exports.js';
import { idOf, list, minimalStatement, PlayerVoice, post, sessionOf, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import type { TargetLrs } from '../support/target-lrs.js';
import type { TestApp } from '../support/test-app.js';

const MBOX = 'mailto:ada.byron@example.com';
const NAME = 'Ada Byron-Tester';
const ACCOUNT = { homePage: 'https://lms.example.com', name: 'ada-byron-4711' };
const OPENID = 'https://ada-byron.example.com/';
const SHA1 = createHash('sha1').update(MBOX).digest('hex');
const BOB = { mbox: 'mailto:bob.other@example.com', name: 'Bob Other' };
const TEXTS = ['ada.byron', NAME, ACCOUNT.name, OPENID, SHA1];
const ACTORS = [{ mbox: MBOX }, { mbox_sha1sum: SHA1 }, { account: ACCOUNT }, { openid: OPENID }];

/** Written in several ways; what is about the person is written as below, so that it can be told by plain text. */
const PERSON = `{"objectType":"Agent","name":${JSON.stringify(NAME)},"mbox":"${MBOX}"}`;
const LOUD = `{ "mbox" : "mailto:ada.byron@EXAMPLE.com" , "name" :\t${JSON.stringify(NAME)} }`;
const BY_ACCOUNT = `{"account":{"name":"${ACCOUNT.name}","homePage":"${ACCOUNT.homePage}"},"name":${JSON.stringify(NAME)}}`;

const [actorId, loudId, objectId, memberId, contextId, subId, authorityId, refId, v2Id] = Array.from(
  { length: 9 },
  () => randomUUID(),
) as [string, string, string, string, string, string, string, string, string];
const bobId = randomUUID();
const VERB = '"verb":{"id":"http://example.com/verbs/tried"}';
const OBJECT =
  '"object":{"id":"http://example.com/activities/one","definition":{"name":{"en":"One"},"type":"urn:type:one"}}';
const RESULT =
  '"result":{"score":{"raw":1.50e1,"scaled":0.3000},"duration":"PT5.0S","response":"\\u0041da\\u0027s answer","extensions":{"urn:x:e":1.0}}';
const bobText = `{"actor":${JSON.stringify(BOB)},${VERB},${OBJECT}`;

const SENT = [
  `{"id":"${actorId}","actor":${PERSON}, ${VERB},${OBJECT},${RESULT},"context":{"extensions":{"urn:x:c":[1.00,"\\u00e9"]},"registration":"${randomUUID()}"}}`,
  `{"id":"${loudId}","actor":${LOUD},${VERB},${OBJECT}}`,
  `{"id":"${objectId}","actor":${JSON.stringify(BOB)},${VERB},"object":${PERSON}}`,
  `{"id":"${memberId}","actor":{"objectType":"Group","name":"Team","member":[${JSON.stringify(BOB)},${BY_ACCOUNT},{"openid":"${OPENID}"}]},${VERB},${OBJECT}}`,
  `{"id":"${contextId}",${bobText.slice(1)},"context":{"instructor":${PERSON},"team":{"objectType":"Group","member":[${BY_ACCOUNT}]}}}`,
  `{"id":"${subId}","actor":${JSON.stringify(BOB)},${VERB},"object":{"objectType":"SubStatement","actor":${PERSON},${VERB},"object":${PERSON},"context":{"instructor":${BY_ACCOUNT}}}}`,
  `{"id":"${refId}","actor":${JSON.stringify(BOB)},${VERB},"object":{"objectType":"StatementRef","id":"${actorId}"}}`,
  `{"id":"${bobId}",${bobText.slice(1)},${RESULT}}`,
];
const IN_2_0 = `{"id":"${v2Id}","actor":${JSON.stringify(BOB)},${VERB},${OBJECT},"context":{"contextAgents":[{"objectType":"contextAgent","agent":${PERSON},"relevantTypes":["urn:x:t"]}],"contextGroups":[{"objectType":"contextGroup","group":{"objectType":"Group","member":[{"mbox_sha1sum":"${SHA1}"}]}}]}}`;

const evidence = Buffer.from('A photograph of Ada Byron-Tester');
const shared = Buffer.from('A certificate that everybody has');
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

function jws(payload: Json): Buffer {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encoded({ alg: 'RS256' })}.${encoded(payload)}`;
  return Buffer.from(`${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`);
}

const QUESTION = `{ statementAggregate(groupBy: [ACTIVITY, DAY], scaledBounds: [0, 0.5, 1]) { ... on StatementAggregate {
  total { count distinctActors distinctPersons distinctActivities successRate averageSeconds scaled { count average min max median }
    scaledHistogram { from to count } }
  groupCount groups { count distinctActors distinctPersons from activity { id type } scaled { average } } } }
  byResponse: statementAggregate(groupBy: [RESPONSE]) { ... on StatementAggregate { groups { count response distinctActors } } }
  byActor: statementAggregate(groupBy: [ACTOR]) { ... on StatementAggregate { groupCount groups { count averageSeconds } } }
  byPerson: statementAggregate(groupBy: [PERSON]) { ... on StatementAggregate { groupCount groups { count } } } }`;

describe('Erasing a person', () => {
  let workshop: PipeWorkshop;
  let app: TestApp;
  let eraser: Eraser;
  let target: TargetLrs;
  let pipes: Plumber;
  let trusted: string;
  let pipeId: string;
  let exportId: string;
  let personId: string;
  let erasure: ErasureShown;
  let preview: Record<string, number>;
  let before: Map<string, { text: string; position: string }>;
  let after: Map<string, { text: string; position: string }>;
  let numbers: unknown;
  let records: Json[];
  let signedId: string;
  let ownId: string;
  let bobsId: string;
  const voice = new PlayerVoice(randomUUID(), ACCOUNT.name);
  const bobsVoice = new PlayerVoice(voice.courseId, 'bob');

  const recordsOf = async () =>
    (
      await eraser.ask<{ learnerRecords: { nodes: Json[] } }>(
        `{ learnerRecords(first: 50) { nodes { registration progress completion success score secondsSpent startedAt updatedAt
             learner { name account { homePage } } answers { elementId response correct } scenarioPaths { run outcome } } } }`,
      )
    ).learnerRecords.nodes;
  const document = (agent: Json, method: string, resource: string, query: Json = {}, body?: unknown) =>
    xapi(app, method, resource, {
      query: { agent: JSON.stringify(agent), ...(query as Record<string, string>) },
      ...(body === undefined ? {} : { body, headers: { 'if-none-match': '*', 'content-type': 'text/plain' } }),
    });
  const STATE = { activityId: 'http://example.com/activities/one', stateId: 'bookmark' };
  const PROFILE = { profileId: 'preferences' };

  beforeAll(async () => {
    workshop = await PipeWorkshop.open();
    ({ app } = workshop);
    eraser = new Eraser(app);
    pipes = new Plumber(app);
    target = await workshop.targetLrs();
    trusted = await trustedKey(eraser);
    await post(app, `[${SENT.join(',')}]`);
    const sentIn2 = await xapi(app, 'POST', '/statements', {
      body: IN_2_0,
      headers: { 'x-experience-api-version': '2.0.0' },
    });
    expect(sentIn2.status).toBe(200);
    await post(app, `{"id":"${authorityId}",${bobText.slice(1)},"authority":${PERSON}}`, trusted);
    await post(app, [...sessionOf(voice), ...sessionOf(bobsVoice)]);
    for (const [agent, content] of [
      [{ mbox: MBOX }, `${NAME} was here`],
      [BOB, 'Bob was here'],
    ] as const) {
      expect((await document(agent, 'PUT', '/activities/state', STATE, content)).status).toBe(204);
      expect((await document(agent, 'PUT', '/agents/profile', PROFILE, content)).status).toBe(204);
    }
    const verb = { id: 'http://example.com/verbs/attached' };
    const signed = minimalStatement({ id: randomUUID(), verb, context: { instructor: { mbox: MBOX, name: NAME } } });
    const signature = jws(signed);
    const usageType = 'http://adlnet.gov/expapi/attachments/signature';
    await storeWith(app, { ...signed, attachments: [attachmentOf(signature, { usageType })] }, signature);
    signedId = idOf(signed);
    const own = statementWith([attachmentOf(evidence), attachmentOf(shared)], { verb, actor: { mbox: MBOX } });
    const bobs = statementWith([attachmentOf(shared)], { verb, actor: BOB });
    await storeWith(app, [own, bobs], evidence, shared);
    [ownId, bobsId] = [idOf(own), idOf(bobs)];
    personId = await new Registry(app).merged([{ mbox: MBOX }, { account: ACCOUNT }, { openid: OPENID }]);
    await new Registry(app).merge([{ mbox: MBOX }, { account: ACCOUNT }], [], `${NAME} said so`);
    const created = await pipes.lay({
      ...to(target),
      filter: { verbs: ['http://example.com/verbs/tried'], agents: [{ agent: { mbox: MBOX }, related: true }] },
      idempotencyKey: 'pipe-1',
    });
    pipeId = created.id;
    await pipes.until(pipeId, caughtUp);
    exportId = await startExport(app, { format: 'NDJSON', filter: { agents: [{ mbox: MBOX }], relatedAgents: true } });
    await exportThat(app, exportId);
    await new Archivist(app).rule({ action: 'KEEP', name: `For ${NAME}`, filter: { agents: [{ account: ACCOUNT }] } });
    [numbers, records] = [await eraser.ask(QUESTION), await recordsOf()];
    before = await statementTexts(app.database.ownerUrl);
    preview = await eraser.preview({ id: personId });
    expect(await tracesLeft(where(), TEXTS, ACTORS)).toEqual(
      expect.arrayContaining([
        ...['public.fact_terms', 'public.idempotency_keys', 'public.pipes', 'public.documents'],
        ...['public.statement_exports', 'public.retention_rules'],
      ]),
    );
    erasure = await eraser.erase({ id: personId });
    after = await statementTexts(app.database.ownerUrl);
  }, 180_000);
  afterAll(async () => {
    await workshop.tidy();
    await workshop.close();
  });

  const where = () => ({ ownerUrl: app.database.ownerUrl, dataDirectory: app.config.dataDirectory });

  it('leaves nothing of the person in any table and any blob: no address, no name, no key that is made of them', async () => {
    expect(await tracesLeft(where(), TEXTS, ACTORS)).toEqual([]);
  });

  it('leaves every other character of statements, their ids and their order as they were', () => {
    const pseudonyms = certificateIn(erasure)['pseudonyms'] as string[];
    const used = new Set<string>();
    const asIs = (text: string) =>
      text.replaceAll(/"account":\{"homePage":"urn:lectern:erased","name":"([0-9a-f-]{36})"\}/g, (_, name: string) => {
        used.add(name);
        return '<pseudonym>';
      });
    for (const [id, { text, position }] of before) {
      const expected = text
        .replaceAll(/"account" ?: ?\{"name":"ada-byron-4711","homePage":"https:\/\/lms.example.com"\}/g, '<pseudonym>')
        .replaceAll(/"account":\{"homePage":"https:\/\/lms.example.com","name":"ada-byron-4711"\}/g, '<pseudonym>')
        .replaceAll(/"mbox" ?: ?"mailto:ada\.byron@example\.com"/gi, '<pseudonym>')
        .replaceAll(`"openid":"${OPENID}"`, '<pseudonym>')
        .replaceAll(`"mbox_sha1sum":"${SHA1}"`, '<pseudonym>')
        .replaceAll(/"name":"(Ada Byron-Tester|Learner ada-byron-4711)",/g, '')
        .replaceAll(/ ?, ?"name" ?:\s*"Ada Byron-Tester"/g, '');
      expect([id, asIs(after.get(id)!.text)]).toEqual([id, expected]);
      expect(after.get(id)!.position).toBe(position);
    }
    expect(after.size).toBe(before.size);
    expect([...used].sort()).toEqual([...pseudonyms].sort());
    expect(pseudonyms).toHaveLength(4);
    for (const untouched of [bobId, refId, bobsId])
      expect(after.get(untouched)!.text).toBe(before.get(untouched)!.text);
  });

  it('deletes the files of exports', async () => {
    expect(await exportState(app, exportId)).toMatchObject({ status: 'DELETED', url: null });
    expect((await download(app, exportId)).status).toBe(404);
    expect(byKind(erasure.counts)).toMatchObject({ statementExports: 1, retentionRules: 1 });
  });

  it('changes no number about statements', async () => {
    expect(await eraser.ask(QUESTION)).toEqual(numbers);
  });

  it('keeps learner records, without who they are of', async () => {
    const anonymous = records.map((record) =>
      record['registration'] === voice.registration
        ? { ...record, learner: { name: null, account: { homePage: 'urn:lectern:erased' } } }
        : record,
    );
    const sorted = (all: Json[]) =>
      all.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    expect(sorted(await recordsOf())).toEqual(sorted(anonymous));
    expect(records).toHaveLength(2);
  });

  it('keeps facts as a rebuild would make them', async () => {
    await app.app.get(FactsProjector, { strict: false }).rebuild(DEFAULT_ORGANIZATION_ID);
    expect(await eraser.ask(QUESTION)).toEqual(numbers);
  });

  it('is found by the pseudonym wherever the person was found, and by the person nowhere', async () => {
    const pseudonyms = (certificateIn(erasure)['pseudonyms'] as string[]).map((name) => ({
      account: { homePage: 'urn:lectern:erased', name },
    }));
    const foundBy = async (agents: readonly Json[], related: string) => {
      const lists = agents.map((agent) =>
        list(app, { agent: JSON.stringify(agent), related_agents: related, limit: '5' }),
      );
      return new Set((await Promise.all(lists)).flat().map(idOf));
    };
    const all = await foundBy(pseudonyms, 'true');
    for (const id of [
      actorId,
      loudId,
      objectId,
      memberId,
      contextId,
      subId,
      authorityId,
      v2Id,
      signedId,
      ownId,
      refId,
    ]) {
      expect([...all]).toContain(id);
    }
    const narrow = await foundBy(pseudonyms, 'false');
    for (const id of [actorId, objectId, memberId, refId]) expect([...narrow]).toContain(id);
    for (const id of [contextId, subId, authorityId, v2Id]) expect([...narrow]).not.toContain(id);
    expect(await foundBy(ACTORS, 'true')).toEqual(new Set());
  });

  it('deletes documents of the person, and of nobody else', async () => {
    expect((await document({ mbox: MBOX }, 'GET', '/activities/state', STATE)).status).toBe(404);
    expect((await document({ mbox: MBOX }, 'GET', '/agents/profile', PROFILE)).status).toBe(404);
    expect((await document(BOB, 'GET', '/activities/state', STATE)).text).toBe('Bob was here');
    expect((await document(BOB, 'GET', '/agents/profile', PROFILE)).text).toBe('Bob was here');
  });

  it('deletes what was attached, and keeps bytes that another statement has', async () => {
    const bytesOf = async (statementId: string) =>
      (await getMultipart(app, { statementId })).parts.map(({ bytes }) => bytes.toString());
    expect(await bytesOf(ownId)).toEqual([]);
    expect(await bytesOf(signedId)).toEqual([]);
    expect(await bytesOf(bobsId)).toEqual([shared.toString()]);
    const blobs = [...(await everyBlob(app.config.dataDirectory)).values()].map((bytes) => bytes.toString());
    expect(blobs.filter((bytes) => bytes === shared.toString())).toHaveLength(1);
    expect(blobs).not.toContain(evidence.toString());
  });

  it('answers a statement that is sent again as known, and another one under its id as a conflict', async () => {
    for (const sent of SENT) expect((await xapi(app, 'POST', '/statements', { body: sent })).status).toBe(200);
    const version = { 'x-experience-api-version': '2.0.0' };
    expect((await xapi(app, 'POST', '/statements', { body: IN_2_0, headers: version })).status).toBe(200);
    const put = { query: { statementId: actorId }, body: SENT[0] };
    expect((await xapi(app, 'PUT', '/statements', put)).status).toBe(204);
    const others = [
      SENT[0]!.replace('answer', 'reply'),
      SENT[0]!.replace('ada.byron', 'someone.else'),
      SENT[2]!.replace(PERSON, JSON.stringify({ ...BOB, objectType: 'Agent' })),
      SENT[7]!.replace('bob.other', 'ada.byron'),
    ];
    for (const other of others) expect((await xapi(app, 'POST', '/statements', { body: other })).status).toBe(409);
    expect((await statementTexts(app.database.ownerUrl)).get(actorId)).toEqual(after.get(actorId));
    expect(await tracesLeft(where(), TEXTS, ACTORS)).toEqual([]);
  });

  it('counts what it does beforehand, and does what it has counted', () => {
    const counts = byKind(erasure.counts);
    const statements = [...before].filter(([id, { text }]) => text !== after.get(id)!.text).length;
    expect(counts).toMatchObject({ statements, attachments: 3, documents: 2, learnerRecords: 1, pipeFilters: 1 });
    expect(counts).toMatchObject({ personIdentities: 4, idempotencyAnswers: 1, personChanges: 1 });
    const { deadLetters: _, importRefusals: __, ...counted } = counts;
    expect(counted).toEqual(preview);
  });

  it('gives a certificate without a word about the person, which can be checked', async () => {
    const certificate = certificateIn(erasure);
    const ids = [...before]
      .filter(([id, { text }]) => text !== after.get(id)!.text)
      .sort(([, one], [, other]) => (BigInt(one.position) < BigInt(other.position) ? -1 : 1))
      .map(([id]) => id);
    const delivered = target.stored.length;
    expect(delivered).toBeGreaterThan(4);
    const sha256 = createHash('sha256')
      .update(ids.map((id) => `${id}\n`).join(''))
      .digest('hex');
    expect(certificate).toMatchObject({
      id: erasure.id,
      requestedBy: { keyId: 'test-admin' },
      content: 'KEEP',
      counts: byKind(erasure.counts),
      statements: { count: ids.length, sha256 },
      receivers: [{ name: 'To another LRS', host: new URL(target.endpoint).host, statements: delivered }],
    });
    expect(certificate['identities']).toHaveLength(4);
    expect(await checked(erasure.certificate!)).toBe('VALID');
    const pretty = JSON.stringify(certificate, null, 2);
    expect(await checked({ ...erasure.certificate!, certificate: pretty })).toBe('VALID');
    const changed = JSON.stringify({ ...certificate, counts: {} });
    expect(await checked({ ...erasure.certificate!, certificate: changed })).toBe('DIFFERENT');
    expect(await checked({ ...erasure.certificate!, signature: 'v1.AAAAAAAA.AAAA' })).toBe('UNKNOWN_KEY');
    const download = await fetch(`${app.url}/erasures/${erasure.id}/certificate.json`, {
      headers: { authorization: `Bearer ${app.adminKey}` },
    });
    expect(await download.json()).toEqual({ certificate, signature: erasure.certificate!.signature });
  });

  const checked = async ({ certificate, signature }: { certificate: string; signature: string }) =>
    (
      await eraser.ask<{ verifyErasureCertificate: { check: string } }>(
        `query ($certificate: String!, $signature: String!) { verifyErasureCertificate(certificate: $certificate, signature: $signature) {
           ... on VerifyErasureCertificateSuccess { check } ... on UserError { code } } }`,
        { certificate, signature },
      )
    ).verifyErasureCertificate.check;

  it('tells who knows an identity that its person was erased', async () => {
    const of = async (agent: Json) =>
      (
        await eraser.ask<{ erasuresOf: { id: string }[] }>(
          'query ($agent: AgentInput!) { erasuresOf(agent: $agent) { id } }',
          { agent },
        )
      ).erasuresOf;
    for (const agent of [{ mbox: MBOX }, { account: ACCOUNT }, { openid: OPENID }, { mboxSha1: SHA1 }]) {
      expect(await of(agent)).toEqual([{ id: erasure.id }]);
    }
    expect(await of({ mbox: BOB.mbox })).toEqual([]);
  });

  it('keeps the certificate from everybody who would change it', async () => {
    await withClient(app.database.ownerUrl, async (client) => {
      for (const change of [`UPDATE erasure_certificates SET signature = ''`, 'DELETE FROM erasure_certificates']) {
        await expect(client.query(change)).rejects.toThrow('a certificate of erasure is never changed or removed');
      }
    });
  });

  it('has nobody left to erase, and lets somebody new come', async () => {
    expect(await eraser.request({ id: personId })).toMatchObject({ problems: [{ code: 'ERASED' }] });
    const id = randomUUID();
    await post(app, minimalStatement({ id, actor: { mbox: MBOX, name: NAME }, object: { id: 'urn:activity:again' } }));
    expect((await list(app, { agent: JSON.stringify({ mbox: MBOX }) })).map(idOf)).toEqual([id]);
    const people = `{ statementAggregate(filter: { agents: [{ mbox: "${MBOX}" }] }) { ... on StatementAggregate { total { count } } } }`;
    expect(await eraser.ask(people)).toEqual({ statementAggregate: { total: { count: 1 } } });
    const again = await eraser.erase({ agent: { mbox: MBOX } });
    expect(byKind(again.counts)).toMatchObject({ statements: 1, agentNames: 1 });
    expect(await tracesLeft(where(), TEXTS, ACTORS)).toEqual([]);
    const sentAgain = minimalStatement({ id, actor: { mbox: MBOX, name: NAME }, object: { id: 'urn:activity:again' } });
    expect((await xapi(app, 'POST', '/statements', { body: sentAgain })).status).toBe(200);
    expect((await xapi(app, 'POST', '/statements', { body: SENT[0] })).status).toBe(200);
  });
});

async function trustedKey(eraser: Eraser): Promise<string> {
  const { createApiKey } = await eraser.ask<{ createApiKey: { credentials: string } }>(
    `mutation { createApiKey(input: { name: "Another LRS", scopes: [ALL], trusted: true }) {
       ... on CreateApiKeySuccess { credentials } } }`,
  );
  return createApiKey.credentials;
}
