/** Attachments and signatures: multipart both ways. */
import { expect } from '@jest/globals';
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { Json, XapiAnswer } from '../../support/statements.js';
import { st, without } from '../fixtures.js';
import type { Lrs, RequirementCase } from '../lrs.js';

const CONTENT = Buffer.from('bytes\r\n--boundary in the middle\u0000\r\n', 'latin1');
const BOUNDARY = 'a boundary';
const JSON_PART = { 'Content-Type': 'application/json' };
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

interface Part {
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer | string;
}

const statementPart = (statement: unknown): Part => ({ headers: JSON_PART, bytes: JSON.stringify(statement) });
const attachmentPart = (bytes: Buffer = CONTENT, type = 'text/plain'): Part => ({
  headers: {
    'Content-Type': type,
    'Content-Transfer-Encoding': 'binary',
    'X-Experience-API-Hash': hashOf(bytes),
  },
  bytes,
});
const attachmentOf = (bytes: Buffer = CONTENT, more: Json = {}): Json => ({
  usageType: 'http://example.com/usage/certificate',
  display: { en: 'Certificate' },
  contentType: 'text/plain',
  length: bytes.length,
  sha2: hashOf(bytes),
  ...more,
});
const attached = (more: Json = {}) => st({ attachments: [attachmentOf()], ...more });

const multipart = (parts: readonly Part[]): Buffer =>
  Buffer.concat([
    ...parts.flatMap(({ headers, bytes }) => [
      Buffer.from(`--${BOUNDARY}\r\n`),
      Buffer.from(
        Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\r\n`)
          .join(''),
      ),
      Buffer.from('\r\n'),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    ]),
    Buffer.from(`--${BOUNDARY}--\r\n`),
  ]);
const send = (lrs: Lrs, body: Buffer, type = `multipart/mixed; boundary="${BOUNDARY}"`): Promise<XapiAnswer> =>
  lrs.send('POST', '/statements', { body, headers: { 'content-type': type } });

/** Bodies that must be refused, each with a statement whose id must not be stored. */
function refuses(
  ids: string,
  title: string,
  bodies: (statement: Json) => readonly (readonly [body: Buffer, type?: string])[],
): RequirementCase {
  return {
    ids,
    title,
    check: async (lrs) => {
      const statement = attached({ id: randomUUID() });
      for (const [body, type] of bodies(statement)) {
        expect([body.toString('latin1'), (await send(lrs, body, type)).status]).toEqual([expect.anything(), 400]);
      }
      expect((await lrs.get({ statementId: statement['id'] as string })).status).toBe(404);
    },
  };
}
const parts = (statement: Json, ...others: Part[]) => multipart([statementPart(statement), ...others]);
const partWith = (headers: Readonly<Record<string, string>>): Part => ({ headers, bytes: CONTENT });
const headersWithout = (name: string) => without(attachmentPart().headers, name) as Record<string, string>;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const HASHES = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

function jws(payload: Json, alg: keyof typeof HASHES | 'HS256' = 'RS256'): Buffer {
  const encoded = [{ alg }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = createSign(HASHES[alg === 'HS256' ? 'RS256' : alg])
    .update(encoded)
    .sign(privateKey, 'base64url');
  return Buffer.from(`${encoded}.${signature}`);
}

const signatureOf = (bytes: Buffer, more: Json = {}) =>
  attachmentOf(bytes, {
    usageType: 'http://adlnet.gov/expapi/attachments/signature',
    contentType: 'application/octet-stream',
    ...more,
  });
const signed = (statement: Json, signature: Buffer, more: Json = {}) =>
  multipart([
    statementPart({ ...statement, attachments: [signatureOf(signature, more)] }),
    attachmentPart(signature, (more['contentType'] as string | undefined) ?? 'application/octet-stream'),
  ]);

export const attachments: RequirementCase[] = [
  refuses('XAPI-00127', 'statements come as JSON or as multipart', (statement) =>
    ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/octet-stream'].map((type) => [
      parts(statement, attachmentPart()),
      type,
    ]),
  ),
  refuses('XAPI-00128', 'there is no part that nothing refers to', (statement) => [
    [parts(statement, attachmentPart(), attachmentPart(Buffer.from('more')))],
    [parts(without(statement, 'attachments'), attachmentPart())],
  ]),
  refuses('XAPI-00129', 'an attachment has its part or a fileUrl', (statement) => [
    [parts(statement)],
    [parts(statement, attachmentPart(Buffer.from('other')))],
    [Buffer.from(JSON.stringify(statement)), 'application/json'],
  ]),
  refuses('XAPI-00131', 'a boundary is told', (statement) => [
    [parts(statement, attachmentPart()), 'multipart/mixed'],
    [parts(statement, attachmentPart()), 'multipart/mixed; boundary='],
  ]),
  refuses('XAPI-00130', 'a boundary is before each part', (statement) => [
    [Buffer.from(JSON.stringify(statement))],
    [Buffer.from(parts(statement, attachmentPart()).toString('latin1').replaceAll(BOUNDARY, 'another'), 'latin1')],
  ]),
  refuses('XAPI-00132', 'parts tell their hash, and it is right', (statement) => [
    [parts(statement, partWith(headersWithout('X-Experience-API-Hash')))],
    [parts(statement, partWith({ ...attachmentPart().headers, 'X-Experience-API-Hash': 'a'.repeat(64) }))],
    [parts(statement, { ...attachmentPart(), bytes: Buffer.from('changed') })],
  ]),
  refuses('XAPI-00133', 'the statements are in the first part', (statement) => [
    [multipart([attachmentPart(), statementPart(statement)])],
  ]),
  refuses('XAPI-00134', 'the first part is JSON', (statement) => [
    [multipart([{ headers: { 'Content-Type': 'text/plain' }, bytes: JSON.stringify(statement) }, attachmentPart()])],
    [multipart([{ headers: JSON_PART, bytes: 'no json' }, attachmentPart()])],
  ]),
  refuses('XAPI-00135', 'parts are binary', (statement) => [
    [parts(statement, partWith(headersWithout('Content-Transfer-Encoding')))],
    [parts(statement, partWith({ ...attachmentPart().headers, 'Content-Transfer-Encoding': 'base64' }))],
  ]),
  {
    ids: 'XAPI-00167',
    title: 'attachments come back byte for byte with attachments=true, and only then',
    check: async (lrs) => {
      const id = randomUUID();
      expect((await send(lrs, parts(attached({ id }), attachmentPart()))).status).toBe(200);
      const answer = await fetch(`${lrs.app.url}/xapi/statements?statementId=${id}&attachments=true`, {
        headers: { authorization: `Bearer ${lrs.app.adminKey}`, 'x-experience-api-version': lrs.version },
      });
      const [, boundary] = /^multipart\/mixed;\s*boundary="?([^";]+)"?/.exec(answer.headers.get('content-type')!)!;
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.indexOf(`--${boundary}`)).toBe(0);
      expect(bytes.includes(CONTENT)).toBe(true);
      expect(bytes.toString('latin1').toLowerCase()).toContain(`x-experience-api-hash: ${hashOf(CONTENT)}`);
      const plain = await lrs.get({ statementId: id, attachments: 'false' });
      expect([plain.headers.get('content-type'), plain.text.includes('boundary in the middle')]).toEqual([
        expect.stringMatching(/^application\/json/),
        false,
      ]);
    },
  },
  {
    ids: '9274-4.1.3-a 9274-4.1.3-b',
    title: 'multipart may bring no attachments, and such as have a fileUrl',
    only: '2.0.0',
    check: async (lrs) => {
      const fileUrl = 'https://example.com/certificate';
      expect((await send(lrs, parts(st()))).status).toBe(200);
      expect((await send(lrs, parts(st({ attachments: [attachmentOf(CONTENT, { fileUrl })] })))).status).toBe(200);
    },
  },
  {
    ids: 'XAPI-00115 XAPI-00117',
    title: 'a signature is a JWS by RS256, RS384 or RS512',
    check: async (lrs) => {
      for (const alg of ['RS256', 'RS384', 'RS512'] as const) {
        const statement = st({ id: randomUUID() });
        expect([alg, (await send(lrs, signed(statement, jws(statement, alg)))).status]).toEqual([alg, 200]);
      }
      const statement = st({ id: randomUUID() });
      const refused = [
        signed(statement, jws(statement, 'HS256')),
        signed(statement, Buffer.from('no.jws')),
        signed(statement, Buffer.from('{"payload":"","signatures":[]}')),
        signed(statement, jws(statement), { contentType: 'text/plain' }),
      ];
      for (const body of refused) expect((await send(lrs, body)).status).toBe(400);
    },
  },
  {
    ids: 'XAPI-00116',
    title: 'what is signed is the statement',
    check: async (lrs) => {
      const statement = st({ id: randomUUID() });
      const changed = { ...statement, result: { success: true } };
      expect((await send(lrs, signed(changed, jws(statement)))).status).toBe(400);
      expect((await send(lrs, signed(statement, jws(statement)))).status).toBe(200);
    },
  },
];
