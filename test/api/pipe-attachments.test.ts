import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { withClient } from '../../src/platform/database/server.js';
import { PipeWorkshop, statement } from '../support/pipes.js';
import type { Tenant } from '../support/pipes.js';
import type { Json } from '../support/statements.js';

jest.setTimeout(60_000);

describe('pipes forward attachments', () => {
  let workshop: PipeWorkshop;
  beforeAll(async () => {
    workshop = await PipeWorkshop.open();
  });
  afterEach(() => workshop.tidy());
  afterAll(() => workshop.close());

  /** A pipe from one organization to another of the same service. */
  const pipeBetween = async (from: Tenant, onto: Tenant, version = 'V1_0_3') => {
    const [username, password] = onto.key.split(':');
    const xapi = { endpoint: `${workshop.app.url}/xapi`, version, auth: { basic: { username, password } } };
    return from.pipes.lay({ target: { xapi } });
  };
  const send = async ({ key }: Tenant, statements: readonly Json[], bytes: readonly Buffer[], version = '1.0.3') => {
    const boundary = 'between-the-parts';
    const part = (content: Buffer) =>
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: binary\r\n` +
            `X-Experience-API-Hash: ${sha2Of(content)}\r\n\r\n`,
        ),
        content,
        Buffer.from('\r\n'),
      ]);
    const json = `--${boundary}\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(statements)}\r\n`;
    const body = Buffer.concat([Buffer.from(json), ...bytes.map(part), Buffer.from(`--${boundary}--\r\n`)]);
    const answer = await fetch(`${workshop.app.url}/xapi/statements`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'x-experience-api-version': version,
        'content-type': `multipart/mixed; boundary=${boundary}`,
      },
      body,
    });
    if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
  };
  const attached = (content: Buffer, more: Json = {}): Json => ({
    usageType: 'http://example.com/attachments/picture',
    display: { en: 'A picture' },
    contentType: 'image/png',
    length: content.length,
    sha2: sha2Of(content),
    ...more,
  });
  /** What the organization answers when it is asked for its statements with their attachments. */
  const read = async ({ key }: Tenant): Promise<Buffer> => {
    const headers = { authorization: `Bearer ${key}`, 'x-experience-api-version': '1.0.3' };
    const answer = await fetch(`${workshop.app.url}/xapi/statements?attachments=true`, { headers });
    return Buffer.from(await answer.arrayBuffer());
  };

  it.each(['V1_0_3', 'V2_0_0'])('with every byte, those that statements share once (%s)', async (version) => {
    const [from, onto] = [await workshop.organization(), await workshop.organization()];
    const [shared, large] = [Buffer.from('\r\n--between\0\xff\r\n', 'latin1'), randomBytes(3_000_000)];
    const statements = [
      statement({ attachments: [attached(shared)] }),
      statement(),
      statement({ attachments: [attached(shared), attached(large)] }),
      statement({ attachments: [attached(Buffer.from('elsewhere'), { fileUrl: 'https://example.com/file' })] }),
    ];
    await send(from, statements, [shared, large]);
    const { id } = await pipeBetween(from, onto, version);
    const { status } = await from.pipes.until(id, ({ delivered }) => delivered === 4);
    expect(status.deadLetters).toBe(0);
    const answer = await read(onto);
    expect(answer.includes(large)).toBe(true);
    expect(answer.indexOf(shared)).toBe(answer.lastIndexOf(shared));
    expect(answer.includes(shared)).toBe(true);
  });

  it('and set a statement aside whose bytes are gone, without holding up the others', async () => {
    const [from, onto] = [await workshop.organization(), await workshop.organization()];
    const [there, lost] = [randomBytes(100), randomBytes(100)];
    const bad = statement({ id: randomUUID(), attachments: [attached(lost)] });
    await send(from, [statement({ attachments: [attached(there)] }), bad, statement()], [there, lost]);
    await withClient(workshop.app.database.ownerUrl, (client) =>
      client.query('DELETE FROM statement_attachments WHERE sha2 = $1', [sha2Of(lost)]),
    );
    const { id } = await pipeBetween(from, onto);
    await from.pipes.until(id, ({ delivered, deadLetters }) => delivered === 2 && deadLetters === 1);
    expect(await from.pipes.deadLetters(id)).toMatchObject([
      { statementId: bad['id'], reason: 'ATTACHMENT_MISSING', status: null },
    ]);
    expect((await read(onto)).includes(there)).toBe(true);
  });
});

const sha2Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
