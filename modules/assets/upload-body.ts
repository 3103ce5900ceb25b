import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { Refused } from '../../src/platform/graphql/refused.js';
import { refusal } from './asset.errors.js';

/**
 * The file of a request of multipart/form-data; undefined when it has none.
 *
 * @throws Refused MALFORMED_BODY when the body is not what its type says
 */
export async function fileOf(request: FastifyRequest): Promise<MultipartFile | undefined> {
  try {
    return await request.file();
  } catch (error) {
    // The plugin's own refusals (too many files, too large a field) tell their status; its parser's do not.
    throw 'statusCode' in (error as Error) ? error : malformed(error);
  }
}

/** The same bytes. The stream fails with Refused MALFORMED_BODY when the request ends before the file does. */
export function whole(file: Readable): Readable {
  return Readable.from(refusingWhatBreaks(file), { objectMode: false });
}

async function* refusingWhatBreaks(file: Readable): AsyncGenerator<unknown> {
  try {
    yield* file;
  } catch (error) {
    throw malformed(error);
  }
}

const malformed = (error: unknown): Refused =>
  new Refused(refusal('MALFORMED_BODY', `The body is not multipart/form-data: ${(error as Error).message}.`, 'file'));
