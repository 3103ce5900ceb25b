/** A client that sends the body of a request piece by piece, no faster than it is told to, and no faster than it is read. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface SlowRequest {
  /** `POST /xapi/statements` */
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly pieces: Iterable<Buffer>;
  /** Without a Content-Length when it is chunked. */
  readonly chunked: boolean;
  /** Between two pieces. */
  readonly milliseconds: number;
  /** Breaks the connection off. */
  readonly signal?: AbortSignal;
}

export interface SlowAnswer {
  readonly status: number;
  /** In lower case. */
  readonly head: string;
}

/** @throws Error when the connection is closed before there is an answer */
export async function sendSlowly(url: string, request: SlowRequest): Promise<SlowAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  request.signal?.addEventListener('abort', () => socket.destroy());
  const answer = answerOf(socket);
  await Promise.race([once(socket, 'connect').then(() => write(socket, request, answer)), answer]);
  try {
    return await answer;
  } finally {
    socket.destroy();
  }
}

async function write(
  socket: Socket,
  { line, headers, pieces, chunked, milliseconds }: SlowRequest,
  answer: Promise<unknown>,
): Promise<void> {
  let answered = false;
  const isOver = answer.then(
    () => (answered = true),
    () => (answered = true),
  );
  const given = { host: 'localhost', ...headers, ...(chunked ? { 'transfer-encoding': 'chunked' } : {}) };
  const lines = Object.entries(given).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`${line} HTTP/1.1\r\n${lines.join('')}\r\n`);
  for (const piece of pieces) {
    if (answered) return;
    const framed = chunked ? [Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n')] : [piece];
    const taken = framed.map((part) => socket.write(part)).at(-1)!;
    if (!taken) await Promise.race([once(socket, 'drain'), isOver]);
    await wait(milliseconds);
  }
  if (chunked && !answered) socket.write('0\r\n\r\n');
}

function answerOf(socket: Socket): Promise<SlowAnswer> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
      if (status !== undefined && text.includes('\r\n\r\n')) {
        resolve({ status: Number(status), head: text.slice(0, text.indexOf('\r\n\r\n')).toLowerCase() });
      }
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('The connection was closed without an answer.')));
  });
}
