import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { CourseDocument } from '../../exporters/document/index.js';
import { formats } from '../../exporters/index.js';
import type { PlayerBundle } from '../../exporters/package-format.js';

const MEDIA_TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  svg: 'image/svg+xml',
  png: 'image/png',
  wav: 'audio/wav',
  vtt: 'text/vtt',
  pdf: 'application/pdf',
};

const mediaTypeOf = (path: string): string => MEDIA_TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';

/** The files of a SCORM 1.2 package by path; an asset without bytes is empty. */
async function packageFiles(document: CourseDocument, player: PlayerBundle, assets: Record<string, Buffer>) {
  const input = {
    document,
    launch: { language: document.language },
    player,
    schemas: [],
    openAsset: ({ path }: { path: string }) => Promise.resolve(Readable.from([assets[path] ?? Buffer.alloc(0)])),
  };
  const files = new Map<string, Buffer>();
  for await (const { path, content } of formats.SCORM_1_2.build(input, { masteryScore: false })) {
    files.set(`/${path}`, Buffer.isBuffer(content) ? content : await whole(await content.open()));
  }
  return files;
}

export interface PackageServer {
  /** Address of the package's launch page. */
  url: string;
  close(): Promise<void>;
}

/** Serves an unpacked package on a free port, as the web server of an LMS would. */
export async function servePackage(
  document: CourseDocument,
  player: PlayerBundle,
  assets: Record<string, Buffer>,
): Promise<PackageServer> {
  const files = await packageFiles(document, player, assets);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://package');
    const file = files.get(pathname);
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': mediaTypeOf(pathname) }).end(file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const whole = async (opened: Readable | Buffer): Promise<Buffer> => (Buffer.isBuffer(opened) ? opened : buffer(opened));
