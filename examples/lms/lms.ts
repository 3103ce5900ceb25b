import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { Cmi } from './cmi.js';
import { launchPage, type Learner } from './launch-page.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.mp4': 'video/mp4',
  '.vtt': 'text/vtt',
  '.pdf': 'application/pdf',
  '.xml': 'application/xml',
};

/**
 * A small LMS for one learner and one package: it serves the package before a standard SCORM 1.2 run-time (scorm-again) and
 * keeps what the package commits, from session to session.
 */
export class Lms {
  /** What the package committed last. */
  cmi: Cmi | undefined;

  private constructor(
    private readonly server: Server,
    private readonly files: ReadonlyMap<string, Buffer>,
    private readonly learner: Learner,
    private readonly runtime: Buffer,
  ) {}

  /** @param files of the package by their paths */
  static async start(files: ReadonlyMap<string, Buffer>, learner: Learner): Promise<Lms> {
    const runtime = await readFile(createRequire(import.meta.url).resolve('scorm-again/scorm12/min'));
    const server = createServer();
    const lms = new Lms(server, files, learner, runtime);
    server.on('request', (request, response) => void lms.answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return lms;
  }

  /** Opening it in a browser is a launch. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://lms').pathname;
    if (path === '/') return reply(response, '.html', launchPage('index.html', this.learner, this.cmi));
    if (path === '/scorm12.js') return reply(response, '.js', this.runtime);
    if (path === '/commit') {
      this.cmi = (JSON.parse(await bodyOf(request)) as { cmi: Cmi }).cmi;
      response.setHeader('content-type', 'application/json');
      response.end('{"result":"true","errorCode":0}');
      return;
    }
    const file = path.startsWith('/package/')
      ? this.files.get(decodeURIComponent(path.slice('/package/'.length)))
      : undefined;
    if (file !== undefined) return reply(response, extname(path), file);
    response.writeHead(404).end();
  }
}

function reply(response: ServerResponse, extension: string, body: string | Buffer): void {
  response.writeHead(200, { 'content-type': TYPES[extension] ?? 'application/octet-stream' }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
