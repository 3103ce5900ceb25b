/** A web site with an LMS and a course, on two origins. */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { CourseDocument } from '../../../exporters/document/index.js';
import type { LaunchSettings } from '../../../exporters/player/launch-settings.js';

export interface LmsSite {
  /** Origin of the LMS and of the course, without a slash. */
  origin: string;
  /** Another origin with the same pages. */
  otherOrigin: string;
  /** What the course page launches; tests may change it between launches. */
  course: CourseDocument;
  launch: LaunchSettings;
  /** What an LRS at `/xapi` was sent, and what it answers. */
  lrs: { bodies: string[]; answer: (body: string) => number };
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${root}test/support/lms/${entry}`],
    bundle: true,
    write: false,
    format: 'iife',
    tsconfig: `${root}exporters/player/browser/tsconfig.json`,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

const html = (body: string) => `<!doctype html><meta charset="utf-8"><title>Test</title><body>${body}`;
const script = (...sources: string[]) => sources.map((source) => `<script src="${source}"></script>`).join('');

/** Pages: `/lms` frames what `frame` names; `/self` has the API in the course's own window; `/plain` has neither. */
function pageAt(url: URL): string | undefined {
  const frame = url.searchParams.get('frame');
  const framed = frame === null ? '' : `<iframe id="frame" src="${frame.replaceAll('"', '')}"></iframe>`;
  switch (url.pathname) {
    case '/lms':
      return html(`${script('/lms.js')}${framed}`);
    case '/scorm-again':
      return html(`${script('/scorm-again.js', '/scorm-again-page.js')}${framed}`);
    case '/plain':
      return html(framed);
    case '/course':
      return html(script('/document.js', '/course.js'));
    case '/self':
      return html(script('/lms.js', '/document.js', '/course.js'));
    default:
      return undefined;
  }
}

/** scorm-again with a store that outlives the page, and a note of each value that it refused. */
const SCORM_AGAIN_PAGE = `
  window.refused = [];
  window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
  const kept = localStorage.getItem('cmi');
  if (kept !== null) API.loadFromJSON(JSON.parse(kept));
  const keep = () => localStorage.setItem('cmi', JSON.stringify(API.renderCommitCMI(true).cmi));
  // Kept before the call: at the end scorm-again clears its data before it tells anybody.
  for (const name of ['LMSCommit', 'LMSFinish']) {
    const call = API[name].bind(API);
    API[name] = (parameter) => {
      keep();
      return call(parameter);
    };
  }
  const set = API.LMSSetValue.bind(API);
  API.LMSSetValue = (element, value) => {
    const done = set(element, value);
    if (String(done) !== 'true') window.refused.push([element, value, API.LMSGetLastError()]);
    return done;
  };
`;

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<[Server, string]> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
}

const closed = (server: Server) =>
  new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Starts the site for one course. */
export async function startLmsSite(course: CourseDocument): Promise<LmsSite> {
  const require = createRequire(import.meta.url);
  const scripts = new Map([
    ['/lms.js', await bundled('lms-page.ts')],
    ['/course.js', await bundled('course-page.ts')],
    ['/scorm-again.js', await readFile(require.resolve('scorm-again/scorm12'), 'utf8')],
    ['/scorm-again-page.js', SCORM_AGAIN_PAGE],
  ]);
  const site = {
    course,
    launch: { tracker: 'scorm12', language: 'en' } as LaunchSettings,
    lrs: { bodies: [] as string[], answer: () => 200 } as LmsSite['lrs'],
  };
  const documentScript = () =>
    `window.courseDocument = ${JSON.stringify(site.course)}; window.launchSettings = ${JSON.stringify(site.launch)};`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://site');
    if (url.pathname === '/xapi/statements') {
      const body = await bodyOf(request);
      const status = site.lrs.answer(body);
      if (status === 200) site.lrs.bodies.push(body);
      response.writeHead(status, { 'content-type': 'application/json' }).end('[]');
      return;
    }
    const page = pageAt(url);
    const source = url.pathname === '/document.js' ? documentScript() : scripts.get(url.pathname);
    if (page !== undefined) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
    else if (source !== undefined) response.writeHead(200, { 'content-type': 'text/javascript' }).end(source);
    else response.writeHead(404).end();
  }

  const [server, origin] = await listen((request, response) => void handle(request, response));
  const [other, otherOrigin] = await listen((request, response) => void handle(request, response));
  return Object.assign(site, {
    origin,
    otherOrigin,
    close: async () => {
      await Promise.all([closed(server), closed(other)]);
    },
  });
}
