/** Attachments and signatures on their way in and out, beyond what ADL has numbers for. */
import { expect } from '@jest/globals';
import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { certificateOf } from '../../support/certificate.js';
import {
  attachmentOf,
  getMultipart,
  messageOf,
  partOf,
  sendMultipart,
  sha256,
  statementsPart,
} from '../../support/multipart.js';
import type { BytesAnswer, SentPart } from '../../support/multipart.js';
import type { Json } from '../../support/statements.js';
import { registered, st, without } from '../fixtures.js';
import type { Lrs, RequirementCase } from '../lrs.js';

const send = ({ app, version }: Lrs, parts: readonly SentPart[]): Promise<BytesAnswer> =>
  sendMultipart(app, messageOf(parts), { version });
const hashOf = ({ headers }: SentPart) => headers['X-Experience-API-Hash'];
const attached = (...contents: Buffer[]) =>
  st({ id: randomUUID(), attachments: contents.map((one) => attachmentOf(one)) });

const parts: RequirementCase[] = [
  {
    ids: 'COMM-1.5.2-a',
    title: 'a part belongs to the attachment that has its hash, wherever it comes',
    check: async (lrs) => {
      const [one, two] = [randomBytes(20), randomBytes(20)];
      const statement = attached(one, two);
      expect((await send(lrs, [statementsPart(statement), partOf(two), partOf(one)])).status).toBe(200);
      const read = await getMultipart(lrs.app, { statementId: statement['id'] as string }, { version: lrs.version });
      const bytes = new Map(read.parts.map((part) => [hashOf(part), part.bytes.toString('hex')]));
      expect(bytes).toEqual(new Map([one, two].map((each) => [sha256(each), each.toString('hex')])));
    },
  },
  {
    ids: 'COMM-1.5.2-b',
    title: 'headers of a part say what its attachment says, or nothing',
    check: async (lrs) => {
      const bytes = randomBytes(20);
      const attempt = async (headers: Record<string, string | undefined>) => {
        const statement = attached(bytes);
        const { status } = await send(lrs, [statementsPart(statement), partOf(bytes, headers)]);
        expect((await lrs.get({ statementId: statement['id'] as string })).status).toBe(status === 200 ? 200 : 404);
        return status;
      };
      expect(await attempt({ 'Content-Type': undefined })).toBe(200);
      expect(await attempt({ 'Content-Length': '20' })).toBe(200);
      expect(await attempt({ 'Content-Type': 'text/plain' })).toBe(400);
      expect(await attempt({ 'Content-Length': '19' })).toBe(400);
    },
  },
  {
    ids: 'COMM-1.5.2-c COMM-1.5.2-d',
    title: 'answers have statements first, then each attachment once, with its hash, its type, and as it is',
    check: async (lrs) => {
      const [shared, own] = [randomBytes(20), Buffer.from('text')];
      const { registration, statement } = registered();
      const batch = [
        { ...statement, attachments: [attachmentOf(shared)] },
        { ...statement, attachments: [attachmentOf(own, { contentType: 'text/plain' }), attachmentOf(shared)] },
        statement,
      ];
      const sent = [statementsPart(batch), partOf(shared), partOf(own, { 'Content-Type': 'text/plain' })];
      expect((await send(lrs, sent)).status).toBe(200);
      const read = await getMultipart(lrs.app, { registration }, { version: lrs.version });
      expect(
        (read.json['statements'] as Json[])
          .map(({ attachments }) => (attachments as Json[] | undefined)?.length ?? 0)
          .sort(),
      ).toEqual([0, 1, 2]);
      expect(read.parts).toHaveLength(2);
      for (const { headers, bytes } of sent.slice(1)) {
        const hash = sha256(bytes);
        expect(read.parts.find((part) => hashOf(part) === hash)).toEqual({
          headers: expect.objectContaining(headers),
          bytes,
        });
      }
    },
  },
  {
    ids: 'COMM-3.2-d',
    title: 'an attachment that is too large is 413, and its statement is not stored',
    check: async (lrs) => {
      const bytes = Buffer.alloc(lrs.app.config.maxAttachmentBytes + 1);
      const statement = attached(bytes);
      expect((await send(lrs, [statementsPart(statement), partOf(bytes)])).status).toBe(413);
      expect((await lrs.get({ statementId: statement['id'] as string })).status).toBe(404);
    },
  },
];

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { privateKey: another } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const x5c = [certificateOf(privateKey, 'signer.example.com').toString('base64')];

function jws(payload: string, header: Json = {}, key: KeyObject = privateKey): Buffer {
  const text = [JSON.stringify({ alg: 'RS256', ...header }), payload]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  return Buffer.from(`${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`);
}

async function signed(lrs: Lrs, statement: Json, signature: Buffer): Promise<BytesAnswer> {
  const attachment = attachmentOf(signature, { usageType: 'http://adlnet.gov/expapi/attachments/signature' });
  return send(lrs, [statementsPart({ ...statement, attachments: [attachment] }), partOf(signature)]);
}

const signatures: RequirementCase[] = [
  {
    ids: 'DATA-2.6-a',
    title: 'a signature that brings its certificate fits it, else it is refused with the reason',
    check: async (lrs) => {
      const attempt = (header: Json, key?: KeyObject) => {
        const statement = st({ id: randomUUID() });
        return signed(lrs, statement, jws(JSON.stringify(statement), header, key));
      };
      expect((await attempt({ x5c })).status).toBe(200);
      for (const answer of [
        await attempt({ x5c }, another),
        await attempt({ x5c: ['none'] }),
        await attempt({ x5c: [] }),
      ]) {
        expect([answer.status, answer.bytes.toString()]).toEqual([400, expect.stringMatching(/certificate/)]);
      }
    },
  },
  {
    ids: 'DATA-2.6-b',
    title: 'what is signed is compared by what it says, not by how it is written',
    check: async (lrs) => {
      const statement = st({ id: randomUUID(), result: { duration: 'PT1S', score: { raw: 1 } } });
      const written = [
        JSON.stringify(Object.fromEntries(Object.entries(statement).reverse()), undefined, 2),
        JSON.stringify(without(statement, 'id')),
        JSON.stringify({ ...statement, timestamp: '2026-01-01T00:00:00Z', version: '1.0.0' }),
      ];
      for (const payload of written)
        expect((await signed(lrs, { ...statement, id: randomUUID() }, jws(payload))).status).toBe(200);
      const others = [
        'null',
        '{}',
        JSON.stringify({ ...statement, result: { ...(statement['result'] as Json), success: true } }),
      ];
      for (const payload of others)
        expect((await signed(lrs, { ...statement, id: randomUUID() }, jws(payload))).status).toBe(400);
    },
  },
];

export const transmission: RequirementCase[] = [...parts, ...signatures];
