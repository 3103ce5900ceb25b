/** An erasure while statements, attachments and documents of the same person are being stored. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { byKind, certificateIn, Eraser, statementTexts, tracesLeft } from '../support/erasures.js';
import type { ErasureShown } from '../support/erasures.js';
import { attachmentOf, messageOf, partOf, sendMultipart, statementsPart } from '../support/multipart.js';
import { idOf, minimalStatement, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

const WRITERS = 64;
/** Milliseconds between what one writer sends: the erasure is to have its share of the machine. */
const BREATH = 100;
/** And its time, on a busy one. */
const PATIENCE = 180_000;
const MBOX = 'mailto:ada.byron@example.com';
const NAME = 'Ada Byron-Tester';
const ADA = { mbox: MBOX, name: NAME };
const AGENT = JSON.stringify({ mbox: MBOX });
const ACTIVITY = 'http://example.com/activities/one';

jest.setTimeout(400_000);

let app: TestApp;
let eraser: Eraser;
beforeAll(async () => {
  app = await createTestApp();
  eraser = new Eraser(app);
});
afterAll(() => app.close());

/** What was acknowledged. */
const acknowledged = new Map<string, Json>();
let documents = 0;

const send = async (one: Json): Promise<void> => {
  const { status } = await xapi(app, 'POST', '/statements', { body: one });
  expect(status).toBe(200);
  acknowledged.set(idOf(one), one);
};

async function sendWithAttachment(one: Json): Promise<void> {
  const bytes = Buffer.from(`${NAME} has drawn ${idOf(one)}.`);
  const sent = { ...one, attachments: [attachmentOf(bytes)] };
  const answer = await sendMultipart(app, messageOf([statementsPart(sent), partOf(bytes)]));
  expect([answer.status, answer.bytes.toString()]).toEqual([200, expect.anything()]);
  acknowledged.set(idOf(one), sent);
}

async function putState(stateId: string): Promise<void> {
  const query = { activityId: ACTIVITY, agent: AGENT, stateId };
  const { status } = await xapi(app, 'PUT', '/activities/state', {
    query,
    body: `${NAME} was here`,
    headers: { 'content-type': 'text/plain' },
  });
  expect(status).toBe(204);
  documents += 1;
}

/** Some are by the person, some about the person; now and then one is sent again. */
async function write(writer: number, isOver: () => boolean): Promise<void> {
  for (let turn = 0; !isOver(); turn += 1) {
    const id = randomUUID();
    const said = { actor: ADA, verb: { id: `urn:verb:${writer % 8}` } };
    const toldOf = { actor: { mbox: 'mailto:bob.other@example.com' }, object: { objectType: 'Agent', ...ADA } };
    const one = minimalStatement({ id, ...(writer % 4 === 1 ? toldOf : said) });
    if (writer % 4 === 2) await sendWithAttachment(one);
    else await send(one);
    if (writer % 4 === 3) await putState(`${writer}-${turn % 5}`);
    if (turn % 4 === 3 && writer % 4 !== 2) await send(one);
    await wait(BREATH);
  }
}

const erase = async () => {
  const { id } = (await eraser.request({ agent: { mbox: MBOX } }))['erasure'] as ErasureShown;
  return eraser.done(id, PATIENCE);
};
const where = () => ({ ownerUrl: app.database.ownerUrl, dataDirectory: app.config.dataDirectory });
const namesAda = (text: string) => text.includes('ada.byron') || text.includes(NAME);

it('touches all that was stored before it began and nothing that came later, and once more leaves nothing at all', async () => {
  let over = false;
  const writing = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer, () => over)));
  while (acknowledged.size < WRITERS * 4) await wait(20);
  const first = await erase().finally(() => (over = true));
  await writing;
  expect(documents).toBeGreaterThan(0);

  const { storedBefore, statements } = certificateIn(first) as { storedBefore: string; statements: Json };
  const stored = await statementTexts(app.database.ownerUrl);
  expect(new Set(stored.keys())).toEqual(new Set(acknowledged.keys()));
  const earlier = [...stored].filter(([, { position }]) => timeOf(position) < Date.parse(storedBefore));
  const later = [...stored].filter(([, { position }]) => timeOf(position) >= Date.parse(storedBefore));
  expect(earlier.filter(([, { text }]) => namesAda(text))).toEqual([]);
  expect(later.filter(([, { text }]) => !namesAda(text))).toEqual([]);
  expect(earlier.length).toBeGreaterThanOrEqual(WRITERS * 4);
  expect(later.length).toBeGreaterThan(0);
  expect(statements).toMatchObject({ count: earlier.length });
  expect(byKind(first.counts)).toMatchObject({ statements: earlier.length });

  const second = await erase();
  expect(certificateIn(second)['statements']).toMatchObject({ count: later.length });
  expect(await tracesLeft(where(), ['ada.byron', NAME], [{ mbox: MBOX }])).toEqual([]);
  const left = await statementTexts(app.database.ownerUrl);
  expect(new Set(left.keys())).toEqual(new Set(acknowledged.keys()));
  for (const [id, { position }] of stored) expect(left.get(id)!.position).toBe(position);

  const asJson = [...acknowledged.values()].filter(({ attachments }) => !attachments);
  for (const one of [...asJson.slice(0, WRITERS), ...asJson.slice(-WRITERS)]) {
    expect((await xapi(app, 'POST', '/statements', { body: one })).status).toBe(200);
  }
  expect((await statementTexts(app.database.ownerUrl)).size).toBe(acknowledged.size);
  expect(await tracesLeft(where(), ['ada.byron', NAME], [{ mbox: MBOX }])).toEqual([]);
});

/** Milliseconds of the epoch. */
const timeOf = (position: string) => Number(BigInt(position) / 1_000_000n);
