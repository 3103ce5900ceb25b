/** Signed statements (xAPI 1.0.3 Data 2.6; IEEE 9274.1.1 4.2.6). */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { attachmentOf, getMultipart, messageOf, partOf, sendMultipart, statementsPart } from '../support/multipart.js';
import { certificateOf } from '../support/certificate.js';
import { idOf, minimalStatement, xapi } from '../support/statements.js';
import type { Json } from '../support/statements.js';
import { createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const { privateKey: certifiedKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const certificate = certificateOf(certifiedKey, 'signer.example.com').toString('base64');

const encoded = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

function jws(payload: unknown, header: Json = { alg: 'RS256' }, key: KeyObject = privateKey): Buffer {
  const text = `${encoded(header)}.${encoded(payload)}`;
  const digest = `sha${String(header['alg']).slice(2)}`;
  return Buffer.from(`${text}.${sign(digest, Buffer.from(text), key).toString('base64url')}`);
}

const SIGNATURE = 'http://adlnet.gov/expapi/attachments/signature';

const signedWith = (statement: Json, signature: Buffer, more: Json = {}): Json => ({
  ...statement,
  attachments: [attachmentOf(signature, { usageType: SIGNATURE, ...more })],
});

const send = (statement: Json, signature: Buffer, version = '1.0.3') =>
  sendMultipart(app, messageOf([statementsPart(statement), partOf(signature)]), { version });

/** A statement with what may be written in several ways. */
const statement = (): Json =>
  minimalStatement({
    id: randomUUID(),
    result: { score: { raw: 10, max: 20 }, response: 'Grüße 漢字' },
    timestamp: '2026-03-01T09:00:00.000Z',
  });

describe('A signed statement is taken', () => {
  it.each(['RS256', 'RS384', 'RS512'])('with %s, by both versions; both come back byte for byte', async (alg) => {
    for (const version of ['1.0.3', '2.0.0']) {
      const payload = statement();
      const signature = jws(payload, { alg });
      expect((await send(signedWith(payload, signature), signature, version)).status).toBe(200);
      const { json, parts } = await getMultipart(app, { statementId: idOf(payload) });
      expect(json).toMatchObject(signedWith(payload, signature));
      expect(parts.map(({ bytes }) => bytes.toString())).toEqual([signature.toString()]);
    }
  });

  it('with a certificate that fits', async () => {
    const payload = statement();
    const signature = jws(payload, { alg: 'RS256', x5c: [certificate, certificate] }, certifiedKey);
    expect((await send(signedWith(payload, signature), signature)).status).toBe(200);
  });

  it('whose payload says the same in other words: order, blanks, no id, later properties', async () => {
    const sent = { ...statement(), version: '1.0.0' };
    const { id: _, version: __, ...rest } = sent as Json;
    const payload = JSON.stringify(Object.fromEntries(Object.entries(rest).reverse()), null, 2);
    const signature = jws(payload);
    expect((await send(signedWith(sent, signature), signature)).status).toBe(200);
  });

  it('with other attachments, in a batch of which one statement is signed', async () => {
    const [payload, file] = [statement(), Buffer.from('more')];
    const signature = jws(payload);
    const signed = signedWith(payload, signature);
    const body = [{ ...signed, attachments: [...(signed['attachments'] as Json[]), attachmentOf(file)] }, statement()];
    const answer = await sendMultipart(app, messageOf([statementsPart(body), partOf(file), partOf(signature)]));
    expect(answer.status).toBe(200);
  });
});

describe('A signed statement is refused', () => {
  const payload = statement();
  const good = jws(payload);
  const [header, body, signature] = good.toString().split('.') as [string, string, string];
  const other = { ...payload, result: { score: { raw: 11, max: 20 } } };

  const refusals: readonly [name: string, signature: Buffer, message: RegExp][] = [
    ['with HS256', jwsWith({ alg: 'HS256' }), /algorithm/],
    ['with no algorithm', jwsWith({ alg: 'none' }), /algorithm/],
    ['with PS256', jwsWith({ alg: 'PS256' }), /algorithm/],
    ['without a signature', Buffer.from(`${header}.${body}.`), /not signed/],
    ['with two parts', Buffer.from(`${header}.${body}`), /compact/],
    ['with characters that are not base64url', Buffer.from(`${header}.${body}.${signature.slice(1)}=+`), /compact/],
    ['in JSON serialization', Buffer.from(JSON.stringify({ payload: body, signatures: [] })), /compact/],
    ['that is empty', Buffer.alloc(0), /compact/],
    ['with a header that is not JSON', Buffer.from(`${encoded('x')}.${body}.${signature}`), /header/],
    ['with a header that is a list', Buffer.from(`${encoded([])}.${body}.${signature}`), /header/],
    ['that needs extensions', jws(payload, { alg: 'RS256', crit: ['b64'], b64: false }), /crit/],
    ['whose payload is not JSON', jws('{"actor":'), /payload/],
    ['whose payload is a list', jws([payload]), /payload/],
    ['whose payload is no statement', jws({ ...payload, verb: {} }), /valid statement: verb/],
    ['whose payload is another statement', jws(other), /another one/],
    ['with the certificate of somebody else', jws(payload, { alg: 'RS256', x5c: [certificate] }), /certificate/],
    ['with a certificate that is none', jws(payload, { alg: 'RS256', x5c: ['AAAA'] }), /x5c/],
    ['with no list of certificates', jws(payload, { alg: 'RS256', x5c: certificate }, certifiedKey), /x5c/],
    ['with an empty list of certificates', jws(payload, { alg: 'RS256', x5c: [] }), /x5c/],
    ['whose payload was changed after it was certified', changed(), /certificate/],
  ];

  function jwsWith(changes: Json): Buffer {
    return Buffer.from(`${encoded(changes)}.${encoded(payload)}.AAAA`);
  }

  function changed(): Buffer {
    const [start, , end] = jws(other, { alg: 'RS256', x5c: [certificate] }, certifiedKey)
      .toString()
      .split('.');
    return Buffer.from(`${start}.${body}.${end}`);
  }

  async function expectRefused(sent: Json, bytes: Buffer, message: RegExp): Promise<void> {
    const answer = await send(sent, bytes);
    const { error } = JSON.parse(answer.bytes.toString()) as { error: Json };
    expect([answer.status, error['path']]).toEqual([400, ['attachments', '0']]);
    expect(error['message']).toMatch(message);
    expect((await xapi(app, 'GET', '/statements', { query: { statementId: idOf(sent) } })).status).toBe(404);
  }

  it.each(refusals.map(([name, bytes, message]) => ({ name, bytes, message })))('$name', async ({ bytes, message }) =>
    expectRefused(signedWith(payload, bytes), bytes, message),
  );

  it('when its contentType is not application/octet-stream', async () => {
    const sent = signedWith(payload, good, { contentType: 'text/plain' });
    const part = partOf(good, { 'Content-Type': 'text/plain' });
    const answer = await sendMultipart(app, messageOf([statementsPart(sent), part]));
    expect([answer.status, answer.bytes.toString()]).toEqual([
      400,
      expect.stringContaining('application/octet-stream'),
    ]);
  });

  it('when the signature does not come with it', async () => {
    const sent = signedWith(payload, good, { fileUrl: 'http://example.com/signature' });
    const answer = await xapi(app, 'POST', '/statements', { body: sent });
    expect([answer.status, answer.json['error']]).toEqual([
      400,
      expect.objectContaining({ path: ['attachments', '0'] }),
    ]);
  });
});
