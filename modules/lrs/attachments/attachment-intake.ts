import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import type { Statement } from '../xapi/statement.js';
import type { ReceivedAttachment, ReceivedAttachments } from './attachment.js';
import { AttachmentBlobs } from './attachment-blobs.js';
import { PartRefused, TooLarge } from './attachment.errors.js';
import type { Part } from './multipart/parts.js';
import { checkBytes, checkHeaders, expectedWith } from './part-rules.js';

/** Of one request. */
const MAXIMUM_PARTS = 1_000;

/** By the number of hexadecimal digits; any of SHA-2 (Data 2.4.11). */
const ALGORITHMS: Readonly<Record<number, string>> = { 56: 'sha224', 64: 'sha256', 96: 'sha384', 128: 'sha512' };

/** Where the bytes of a part go. */
interface Destination {
  readonly organizationId: string;
  readonly sha2: string;
  /** Undefined when they are there already: they are looked at, and not kept. */
  readonly blobId: string | undefined;
  /** Bytes that may still come. */
  readonly room: number;
  /** Whether the bytes are wanted, besides. */
  readonly collect: boolean;
}

/** Takes in the parts of a request that are attachments: they go into the blob storage while they are hashed. */
@Injectable()
export class AttachmentIntake {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly blobs: AttachmentBlobs,
  ) {}

  /**
   * Stores the bytes of all parts and hands them to `use`. What no committed statement has by then is removed, whatever
   * happens.
   *
   * @param statements of the request; `andOthers` when parts that belong to none of them are passed over, not refused
   * @param parts those after the statements
   * @throws PartRefused for a part that breaks a rule or belongs to no statement; TooLarge; what reading the parts throws
   */
  async receive<T>(
    organizationId: string,
    { statements, andOthers }: { readonly statements: readonly Statement[]; readonly andOthers: boolean },
    parts: AsyncIterable<Part>,
    use: (received: ReceivedAttachments) => Promise<T>,
  ): Promise<T> {
    const expected = expectedWith(statements);
    const received = new Map<string, ReceivedAttachment>();
    let uploads: ReadonlyMap<string, string> | undefined;
    let room = this.config.maxAttachmentBytes;
    let count = 0;
    try {
      for await (const part of parts) {
        count += 1;
        if (count > MAXIMUM_PARTS)
          throw new PartRefused('TOO_MANY_PARTS', `A request has at most ${MAXIMUM_PARTS} attachments.`);
        const sha2 = checkHeaders(part.headers, expected, andOthers);
        if (sha2 === undefined) continue;
        uploads ??= await this.blobs.begin(organizationId, [...expected.keys()]);
        const before = received.get(sha2);
        const attachment = await this.take(part, {
          organizationId,
          sha2,
          blobId: before ? undefined : uploads.get(sha2),
          room,
          collect: expected.get(sha2)!.signature,
        });
        room -= attachment.bytes;
        received.set(sha2, before ?? attachment);
      }
      return await use(received);
    } finally {
      await this.blobs.discard(organizationId, uploads ?? new Map());
    }
  }

  private async take(
    part: Part,
    { organizationId, sha2, blobId, room, collect }: Destination,
  ): Promise<ReceivedAttachment> {
    const pieces: Buffer[] = [];
    const limit = collect ? Math.min(this.config.maxBodyBytes, room) : room;
    const setting = limit < room ? 'a signature: MAX_BODY_BYTES' : 'all of a request together: MAX_ATTACHMENT_BYTES';
    let bytes = 0;
    async function* checked(): AsyncGenerator<Buffer, void> {
      const hash = createHash(ALGORITHMS[sha2.length]!);
      for await (const piece of part.body) {
        bytes += piece.length;
        if (bytes > limit)
          throw new TooLarge(`The part ${sha2} is larger than the ${limit} bytes that are left for it (${setting}).`);
        hash.update(piece);
        if (collect) pieces.push(piece);
        yield piece;
      }
      checkBytes(part.headers, sha2, bytes, hash.digest('hex'));
    }
    if (blobId === undefined) for await (const _piece of checked());
    else await this.blobs.put(organizationId, blobId, checked());
    return { bytes, blobId, content: collect ? Buffer.concat(pieces) : undefined };
  }
}
