import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../src/config.js';
import { listeningAddress } from '../../src/platform/http/public-address.js';
import { Outbound } from '../../src/platform/http/outbound/outbound.js';
import type { OutboundRequest } from '../../src/platform/http/outbound/outbound.js';

describe('requests to addresses that users give', () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let arrived: string[];
  const open: Outbound[] = [];

  beforeEach(async () => {
    arrived = [];
    answer = (_, response) => response.end('fine');
    server = createServer((request, response) => {
      arrived.push(request.url!);
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = listeningAddress(server);
  });
  afterEach(async () => {
    for (const outbound of open.splice(0)) outbound.onApplicationShutdown();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const outboundWith = (settings: Record<string, string>) => {
    const outbound = new Outbound(
      loadConfig({ LECTERN_API_KEY: `id:${'s'.repeat(24)}`, LECTERN_SECRET: 's'.repeat(32), ...settings }),
    );
    open.push(outbound);
    return outbound;
  };
  const anywhere = () => outboundWith({ OUTBOUND_HTTP: 'true', OUTBOUND_PRIVATE_ADDRESSES: 'true' });
  const send = (request: Omit<OutboundRequest, 'url'> = {}) => anywhere().send({ url, ...request });

  it('bring back status, headers and body, whatever the status', async () => {
    answer = (_, response) => response.writeHead(503, { 'retry-after': '7' }).end('later');
    const { status, headers, body, truncated } = await send();
    expect([status, headers['retry-after'], body.toString(), truncated]).toEqual([503, '7', 'later', false]);
  });

  it('carry bodies of text and streams', async () => {
    answer = (request, response) => void request.pipe(response);
    expect((await send({ method: 'POST', body: 'grün' })).body.toString()).toBe('grün');
    const parts = (async function* () {
      yield Buffer.from('in ');
      await pause(1);
      yield Buffer.from('parts');
    })();
    expect((await send({ method: 'POST', body: parts })).body.toString()).toBe('in parts');
  });

  it('have an answer when the server gives it before it has read everything, and closes', async () => {
    answer = (request, response) => {
      response.writeHead(413).end('too much', () => request.socket.destroy());
    };
    const body = Buffer.alloc(8 * 1024 * 1024);
    expect((await send({ method: 'POST', body })).status).toBe(413);
  });

  it('go by https alone, unless plain http is allowed', async () => {
    const https = outboundWith({ OUTBOUND_PRIVATE_ADDRESSES: 'true' });
    await expect(https.send({ url })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    await expect(anywhere().send({ url: 'file:///etc/passwd' })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
    expect(arrived).toEqual([]);
  });

  it.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://0x7f.1', 'http://2130706433'])(
    'do not reach this machine by %s',
    async (host) => {
      const { port } = new URL(url);
      const outbound = outboundWith({ OUTBOUND_HTTP: 'true' });
      await expect(outbound.send({ url: `${host}:${port}/secret` })).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
      expect(arrived).toEqual([]);
    },
  );

  it('follow no redirect', async () => {
    answer = (_, response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
    expect((await send()).status).toBe(302);
    expect(arrived).toEqual(['/']);
  });

  it('read no more of an answer than they are allowed', async () => {
    answer = (_, response) => {
      const pour = () => void (response.destroyed || (response.write(Buffer.alloc(65_536)), setImmediate(pour)));
      pour();
    };
    const { body, truncated } = await send({ maximumBytes: 1_000 });
    expect([body.length, truncated]).toEqual([1_000, true]);
  });

  it('wait no longer than they are allowed, for the head of an answer and for its body', async () => {
    answer = () => undefined;
    await expect(send({ timeout: 50 })).rejects.toMatchObject({
      code: 'NO_ANSWER',
      message: 'no answer within 0.05 seconds',
    });
    answer = (_, response) => void response.write('and then');
    await expect(send({ timeout: 50 })).rejects.toMatchObject({
      code: 'NO_ANSWER',
      message: 'no answer within 0.05 seconds',
    });
  });

  it('can be given up', async () => {
    answer = () => undefined;
    const giveUp = new AbortController();
    const sent = send({ signal: giveUp.signal });
    giveUp.abort();
    await expect(sent).rejects.toMatchObject({ code: 'NO_ANSWER' });
  });

  it('say why there is no answer, without what was sent', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const sent = send({ headers: { authorization: 'Bearer top-secret' } });
    await expect(sent).rejects.toMatchObject({ code: 'NO_ANSWER', message: expect.stringContaining('ECONNREFUSED') });
    await expect(sent).rejects.not.toThrow('top-secret');
  });
});
