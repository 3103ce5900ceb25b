import { rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JsonLogger } from '../../src/platform/logging/json-logger.js';
import { StartError } from '../../src/platform/start-error.js';
import { startService } from '../../src/service.js';
import { ADMIN_KEY, createTestApp } from '../support/test-app.js';
import type { TestApp } from '../support/test-app.js';

describe('over HTTP', () => {
  let service: TestApp;
  beforeAll(async () => {
    service = await createTestApp({ MAX_BODY_BYTES: '4096' });
  });
  afterAll(() => service.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${service.url}${path}`, { headers });

  it('each answer has a request id: the given one when it is harmless, otherwise a new one', async () => {
    expect((await get('/health/live', { 'x-request-id': 'trace-42' })).headers.get('x-request-id')).toBe('trace-42');
    const odd = await get('/health/live', { 'x-request-id': 'a b"c' });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('the log has a line for each request, with its id and the route, never the address with its parameters', async () => {
    await get('/health/live?learner=ada@example.com', { 'x-request-id': 'look-for-me' });
    const line = service
      .logs()
      .split('\n')
      .find((text) => text.includes('look-for-me'));
    expect(JSON.parse(line!)).toMatchObject({
      method: 'GET',
      route: '/health/live',
      status: 200,
      requestId: 'look-for-me',
    });
    expect(service.logs()).not.toContain('ada@example.com');
  });

  it('no secret reaches the log, whatever goes wrong with it', async () => {
    const secret = ADMIN_KEY.split(':')[1]!;
    await service.graphql('{ nonsense }');
    await service.graphql('{ viewer { __typename } }', {}, `${ADMIN_KEY}-wrong`);
    await get(`/unknown?key=${secret}`, { authorization: `Bearer ${ADMIN_KEY}` });
    await get('/xapi/about', { authorization: `Basic ${Buffer.from(ADMIN_KEY).toString('base64')}` });
    expect(service.logs()).toContain('"status":404');
    expect(service.logs()).not.toContain(secret);
    expect(service.logs()).not.toContain(service.config.secret);
    expect(service.logs()).not.toContain(Buffer.from(ADMIN_KEY).toString('base64'));
  });

  it('the logger blackens what looks like credentials', () => {
    const lines: string[] = [];
    new JsonLogger('info', { write: (line) => void lines.push(line) }).log({
      authorization: 'Bearer a:b',
      of: { secret: 'c' },
    });
    expect(JSON.parse(lines[0]!)).toMatchObject({ authorization: '[redacted]', of: { secret: '[redacted]' } });
  });

  it.each([
    ['an unknown path', '/nowhere', undefined, 404, 'NOT_FOUND'],
    ['a call without a key', '/xapi/statements', '{}', 401, 'UNAUTHENTICATED'],
    ['a body that is too large', '/graphql', JSON.stringify({ query: ' '.repeat(5_000) }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('%s is refused with a typed error', async (_, path, body, status, code) => {
    const key = code === 'UNAUTHENTICATED' ? {} : { authorization: `Bearer ${ADMIN_KEY}` };
    const answer = await fetch(`${service.url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...key },
      ...(body === undefined ? {} : { body }),
    });
    expect(answer.status).toBe(status);
    expect(JSON.stringify(await answer.json())).toContain(code);
  });

  it.each([
    ['an address that is no UTF-8', '/packages/%ff.zip', 400, 'BAD_REQUEST'],
    ['a part of an address that is too long', `/packages/${'a'.repeat(2_000)}`, 414, 'URI_TOO_LONG'],
  ])('%s is refused like everything else', async (_, path, status, code) => {
    const answer = await get(path, { authorization: `Bearer ${ADMIN_KEY}` });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code, requestId: expect.any(String) } });
  });

  it('OPTIONS is answered to anybody, also when it is no preflight', async () => {
    const answer = await fetch(`${service.url}/graphql`, { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
  });

  it('measurements are there for Prometheus', async () => {
    await get('/health/live');
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(
      /lectern_http_request_duration_seconds_count\{method="GET",route="\/health\/live",status="200"\} \d+/,
    );
    expect(text).toMatch(/lectern_database_connections\{state="idle"\} [1-9]/);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('browsers of other origins may call, and read the headers of ours', async () => {
    const answer = await get('/health/live', { origin: 'https://lms.example.com' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id');
  });

  it('a client that is torn away while sending does no harm', async () => {
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
    socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    expect((await get('/health/live')).status).toBe(200);
  });

  it('the service is not ready, but live, while its storage is out of reach', async () => {
    const folder = service.config.dataDirectory;
    await rename(folder, `${folder}-away`);
    await writeFile(folder, 'in the way');
    try {
      const ready = await get('/health/ready');
      expect(ready.status).toBe(503);
      expect(await ready.json()).toEqual({
        status: 'unavailable',
        checks: { database: 'ok', migrations: 'ok', storage: 'unavailable' },
      });
      expect((await get('/health/live')).status).toBe(200);
    } finally {
      await rm(folder);
      await rename(`${folder}-away`, folder);
    }
  });

  it('a second service on the same port is refused in one sentence', async () => {
    const port = Number(new URL(service.url).port);
    const second = startService({ ...service.config, port }, new JsonLogger('silent'), () => undefined);
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use by another program`);
  });
});
