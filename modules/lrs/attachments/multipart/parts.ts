import { MultipartParser } from './multipart-parser.js';
import type { MultipartEvent } from './multipart-parser.js';
import { parseMediaType } from './media-type.js';
import { MalformedMultipart } from './malformed-multipart.js';
import type { PartHeaders } from './part-headers.js';

/** One part of a multipart message. Its body can be read once, before the next part is asked for. */
export interface Part {
  readonly headers: PartHeaders;
  readonly body: AsyncIterable<Buffer>;
}

/**
 * The boundary that a `Content-Type` names.
 *
 * @returns undefined when the type is not multipart/mixed
 * @throws MalformedMultipart when it names no boundary, or none that RFC 2046 5.1.1 allows
 */
export function boundaryOf(contentType: string): string | undefined {
  const type = parseMediaType(contentType);
  if (type?.essence !== 'multipart/mixed') return undefined;
  const boundary = type.parameters.get('boundary');
  if (boundary !== undefined && /^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary)) return boundary;
  throw new MalformedMultipart('multipart/mixed needs a boundary of 1 to 70 characters (RFC 2046 5.1.1).');
}

/**
 * The parts of a message in their order, as it comes in. What is not read of a part's body is passed over.
 *
 * @throws MalformedMultipart, also from the bodies; and what reading the source throws
 */
export async function* partsOf(source: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<Part, void> {
  const events = eventsOf(source, boundary);
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      if (next.value.kind !== 'part') continue;
      yield { headers: next.value.headers, body: bodyFrom(events) };
    }
  } finally {
    // Leaves the source, too. Not awaited: who turns away need not wait for a chunk that is asked for already.
    events.return().catch(() => undefined);
  }
}

async function* eventsOf(source: AsyncIterable<Buffer>, boundary: string): AsyncGenerator<MultipartEvent, void> {
  const parser = new MultipartParser(boundary);
  for await (const chunk of source) yield* parser.push(chunk);
  yield* parser.finish();
}

/** Not `for await`: it would close the events when the body is left early. */
async function* bodyFrom(events: AsyncIterator<MultipartEvent, void>): AsyncGenerator<Buffer, void> {
  for (let next = await events.next(); !next.done && next.value.kind === 'bytes'; next = await events.next()) {
    yield next.value.bytes;
  }
}
