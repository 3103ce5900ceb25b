import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What is sent, but for the host. */
export interface BareRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface BareAnswer {
  readonly status: number;
  readonly body: string;
}

const END_OF_HEAD = '\r\n\r\n';

/**
 * One HTTP/1.1 connection that does nothing beside what a measurement needs: Node's own client takes as much time as the
 * services that are measured.
 */
export class HttpConnection {
  private received: Buffer[] = [];
  /** Bytes that are known to be missing. */
  private expected = 0;
  private waiting: { resolve: (answer: BareAnswer) => void; reject: (error: Error) => void } | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly host: string,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('The server closed the connection.')));
  }

  static async open(url: string): Promise<HttpConnection> {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new HttpConnection(socket, host);
  }

  /** One at a time. */
  send({ method, path, headers, body = '' }: BareRequest): Promise<BareAnswer> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = method === 'GET' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${method} ${path} HTTP/1.1\r\nhost: ${this.host}\r\n${lines.join('')}${length}\r\n${body}`);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    this.received.push(chunk);
    this.expected -= chunk.length;
    // Put together once, when the length that the head gives has come.
    if (this.expected > 0) return;
    const bytes = this.received.length === 1 ? chunk : Buffer.concat(this.received);
    const answer = parseAnswer(bytes);
    if (!answer || 'missing' in answer) {
      this.received = [bytes];
      this.expected = answer?.missing ?? 0;
      return;
    }
    this.received = [];
    this.expected = 0;
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
  }
}

/** While a part of it is missing, how many bytes that is, or undefined where that is not known. */
function parseAnswer(bytes: Buffer): BareAnswer | { missing: number } | undefined {
  const endOfHead = bytes.indexOf(END_OF_HEAD);
  if (endOfHead === -1) return undefined;
  const head = bytes.toString('latin1', 0, endOfHead);
  const status = Number(head.slice(9, 12));
  const body = bytes.subarray(endOfHead + END_OF_HEAD.length);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    const missing = Number(length) - body.length;
    return missing > 0 ? { missing } : { status, body: body.toString('utf8') };
  }
  if (status === 204 || status === 304) return { status, body: '' };
  return body.subarray(-5).equals(Buffer.from('0\r\n\r\n')) ? { status, body: unchunked(body) } : undefined;
}

/** RFC 9112 7.1. */
function unchunked(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const endOfSize = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, endOfSize), 16);
    if (size === 0) return Buffer.concat(parts).toString('utf8');
    parts.push(body.subarray(endOfSize + 2, endOfSize + 2 + size));
    at = endOfSize + 2 + size + 2;
  }
}
