import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { Target } from './load-generator.js';

/** @returns the JSON to answer with */
export type Answering = (request: { readonly query: string; readonly body: string }) => Promise<string>;

/**
 * The least that answers by HTTP: Node's own server, no routes, no credentials. With the bare driver behind it, it shows what
 * of a figure is HTTP and a second process, which no service is without.
 */
export class BareHttp {
  private constructor(private readonly server: Server) {}

  static async start(answer: Answering): Promise<BareHttp> {
    const server = createServer((request, response) => {
      void bodyOf(request)
        .then((body) => answer({ query: request.url!.split('?')[1] ?? '', body }))
        .then((json) => {
          const bytes = Buffer.from(json);
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
          response.end(bytes);
        });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new BareHttp(server);
  }

  get target(): Target {
    const { port } = this.server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, path: '/xapi', authorization: '' };
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
