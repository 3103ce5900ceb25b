/**
 * The alternate request syntax of 1.0.3 (Comm 1.3), for clients that can only send POST and no headers: the method is in the
 * query, everything else in a form. 2.0 has no such thing.
 */
import { IncomingMessage } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { BadRequest } from './error-answer.js';
import { parseForm, readText } from './form-body.js';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];

/** Fields of the form that stand for headers; every other but the content is a parameter of the query. */
const HEADER_FIELDS = [
  'authorization',
  'x-experience-api-version',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
];

/** Headers of the form itself; they do not describe the content. */
const OF_THE_FORM = ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'expect'];

/** A form grows content up to threefold by encoding it. */
const GROWTH = 3;

/** Whether the request is in the alternate syntax: a POST of 1.0.3, or of no version yet, with the parameter `method`. */
export function isAlternate({ method, query, xapiVersion }: FastifyRequest): boolean {
  return method === 'POST' && xapiVersion !== '2.0.0' && Object.hasOwn(query as object, 'method');
}

/**
 * The request that an alternate one stands for, to be handled as if it had come like that. The Content-Type of the form is
 * not looked at: Articulate Storyline sends text/plain.
 *
 * @param body gives the form, of so many bytes at most
 * @param maximumContent bytes
 * @throws BadRequest when the syntax is broken; PayloadTooLarge when the form is too large
 */
export async function requestBehind(
  request: FastifyRequest,
  body: (limit: number) => AsyncIterable<Buffer>,
  maximumContent: number,
): Promise<IncomingMessage> {
  const method = methodOf(request.query as Readonly<Record<string, unknown>>);
  const limit = maximumContent * GROWTH;
  const fields = parseForm(await readText(body(limit), limit));
  const content = fields.get('content');
  if (content === undefined && (method === 'PUT' || method === 'POST')) {
    throw new BadRequest('REQUIRED', `${method} needs the form parameter content (Comm 1.3).`, ['content']);
  }
  const headers = headersOf(request, fields);
  if (/^2\./.test(String(headers['x-experience-api-version'] ?? ''))) {
    throw new BadRequest('UNSUPPORTED_SYNTAX', 'xAPI 2.0 has no alternate request syntax.', ['method']);
  }
  const parameters = [...fields].filter(([name]) => name !== 'content' && !isHeader(name));
  const query = new URLSearchParams(parameters).toString();
  const path = request.url.slice(0, request.url.indexOf('?'));
  return new RequestOfForm(request.raw, method, query === '' ? path : `${path}?${query}`, headers, content);
}

const isHeader = (name: string) => HEADER_FIELDS.includes(name.toLowerCase());

function methodOf({ method, ...others }: Readonly<Record<string, unknown>>): string {
  const [other] = Object.keys(others);
  if (other !== undefined) {
    const message = `Beside method the query has no parameters: ${other} belongs into the form (Comm 1.3).`;
    throw new BadRequest('UNKNOWN_PARAMETER', message, [other]);
  }
  if (typeof method === 'string' && METHODS.includes(method)) return method;
  throw new BadRequest('BAD_PARAMETER', `method must be one of ${METHODS.join(', ')} (Comm 1.3).`, ['method']);
}

/** What the form says goes before what the request's own headers say. */
function headersOf({ headers, id }: FastifyRequest, fields: ReadonlyMap<string, string>): IncomingHttpHeaders {
  const own = Object.entries(headers).filter(([name]) => !OF_THE_FORM.includes(name));
  const given = [...fields].filter(([name]) => isHeader(name)).map(([name, value]) => [name.toLowerCase(), value]);
  const content = fields.get('content');
  const { 'content-length': _, ...rest } = Object.fromEntries([...own, ...given]) as IncomingHttpHeaders;
  return {
    ...rest,
    'x-request-id': id,
    ...(content === undefined
      ? {}
      : {
          'content-type': rest['content-type'] ?? typeOf(content),
          'content-length': String(Buffer.byteLength(content)),
        }),
  };
}

/** The form should tell the type of the content, and may not. */
function typeOf(content: string): string {
  return /^\s*[[{]/.test(content) ? 'application/json' : 'text/plain; charset=utf-8';
}

/** A request that has arrived whole, on the connection of another. */
class RequestOfForm extends IncomingMessage {
  constructor(form: IncomingMessage, method: string, url: string, headers: IncomingHttpHeaders, content = '') {
    super(form.socket);
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.httpVersion = form.httpVersion;
    this.httpVersionMajor = form.httpVersionMajor;
    this.httpVersionMinor = form.httpVersionMinor;
    this.complete = true;
    if (content !== '') this.push(content);
    this.push(null);
  }

  /** Everything is here: the socket, from which requests are read by default, is left alone. */
  override _read(): void {
    return;
  }
}
