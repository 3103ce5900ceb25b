import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG } from '../../../src/config.js';
import type { Config } from '../../../src/config.js';
import { ValidationFailed } from '../../../src/platform/errors.js';
import { ArrivingBodies, chunksOf } from '../../../src/platform/http/arriving-bodies.js';
import { Room } from '../../../src/platform/room.js';
import { AttachmentIntake } from '../attachments/attachment-intake.js';
import { PartRefused, TooLarge } from '../attachments/attachment.errors.js';
import { MalformedMultipart } from '../attachments/multipart/malformed-multipart.js';
import { boundaryOf, partsOf } from '../attachments/multipart/parts.js';
import type { Part } from '../attachments/multipart/parts.js';
import { isBad, readStatements } from '../statements/statement-intake.js';
import type { StatementsBody } from '../statements/statements-body.js';
import { requireXapiScope } from '../xapi-scopes.js';
import { BadRequest, PayloadTooLarge } from './error-answer.js';
import { jsonText, jsonTextOf } from './json-body.js';

/**
 * Bytes of JSON that are worked on at once, small bodies left out: parsed and prepared, statements take
 * several times what they take as bytes.
 */
const ROOM = 33_554_432;
const SMALL = 262_144;

/** Reads the bodies of PUT and POST /statements: JSON, or multipart/mixed with attachments (Comm 1.5). */
@Injectable()
export class StatementsBodies {
  private readonly room = new Room(ROOM);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly attachments: AttachmentIntake,
    private readonly arriving: ArrivingBodies,
  ) {}

  /**
   * Hands the body to `use`. Attachments are in the storage by then; those that `use` does not commit are removed after it.
   *
   * @param partial whether some of the statements may be bad; parts that only those can have are passed over
   * @throws BadRequest, PayloadTooLarge; AccessDenied before anything is stored
   */
  async read<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    partial: boolean,
    use: (body: StatementsBody) => Promise<T>,
  ): Promise<T | ValidationFailed> {
    const version = request.xapiVersion!;
    if (!isStream(request.body)) {
      const bytes = (request.body as Buffer | undefined)?.length ?? 0;
      return this.inTurn(bytes, () => {
        const text = jsonTextOf(request);
        // The text takes its place.
        request.body = undefined;
        return use({ text, version });
      });
    }
    try {
      return await this.readMultipart(request, reply, partial, use);
    } catch (error) {
      throw refusalOf(error);
    }
  }

  private async readMultipart<T>(
    { principal, headers, xapiVersion, body }: FastifyRequest,
    { raw: answer }: FastifyReply,
    partial: boolean,
    use: (body: StatementsBody) => Promise<T>,
  ): Promise<T | ValidationFailed> {
    const version = xapiVersion!;
    const parts = partsOf(chunksOf(body as Readable), boundaryOf(headers['content-type']!)!);
    try {
      requireXapiScope(principal, 'statements', 'write');
      const text = await this.statementsFrom(parts, answer);
      // Statements that are refused need not have their attachments received.
      const sent = await readStatements({ text, version }, true);
      if (sent instanceof ValidationFailed) return sent;
      const problems = sent.statements.flatMap((one) => (isBad(one) ? one.problems : []));
      if (problems.length > 0 && !partial) return new ValidationFailed(problems);
      const statements = sent.statements.flatMap((one) => (isBad(one) ? [] : [one.statement]));
      const expected = { statements, andOthers: problems.length > 0 };
      return await this.attachments.receive(principal.organizationId, expected, parts, (attachments) =>
        this.inTurn(text.length, () => use({ text, version, attachments })),
      );
    } finally {
      await parts.return();
    }
  }

  /** Never waits for what a client still has to send. */
  private inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    return bytes <= SMALL ? work() : this.room.within(bytes, work);
  }

  /** The first part has the statements (Comm 1.5.2). */
  private async statementsFrom(parts: AsyncGenerator<Part, void>, answer: ServerResponse): Promise<string> {
    const first = await parts.next();
    if (first.done) throw new MalformedMultipart('The multipart body has no part.');
    const limit = this.config.maxStatementsBytes;
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of this.arriving.pieces(first.value.body, answer, limit)) {
      bytes += piece.length;
      if (bytes > limit) throw new TooLarge(`The statements are larger than ${limit} bytes (MAX_STATEMENTS_BYTES).`);
      pieces.push(piece);
    }
    return jsonText(first.value.headers.get('content-type'), Buffer.concat(pieces));
  }
}

/** Bodies of multipart/mixed are not read before their route does. */
const isStream = (body: unknown): body is Readable => typeof (body as Readable | undefined)?.iterator === 'function';

function refusalOf(error: unknown): unknown {
  if (error instanceof MalformedMultipart) return new BadRequest('MALFORMED_MULTIPART', error.message);
  if (error instanceof PartRefused) return new BadRequest(error.code, `${error.message} (Comm 1.5.2)`);
  return error instanceof TooLarge ? new PayloadTooLarge(error.message) : error;
}
