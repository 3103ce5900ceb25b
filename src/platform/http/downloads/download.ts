import { Readable } from 'node:stream';
import { HttpException, HttpStatus } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NotFound } from '../../errors.js';
import { namesTag, requestedRange } from './byte-range.js';
import type { ByteRange } from './byte-range.js';

/** A file that can be read. */
export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Other bytes have another tag; without quotes. */
  readonly tag: string;
  /** The bytes, or a part of them. */
  readonly open: (range?: ByteRange) => Promise<Readable>;
}

/** Answers as RFC 9110 13.2.2 orders the conditions: the tag first, then the range. */
export async function sendDownload(
  download: Download | NotFound,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (download instanceof NotFound) throw new HttpException(download.message, HttpStatus.NOT_FOUND);
  const { bytes, fileName, mediaType, open } = download;
  const tag = `"${download.tag}"`;
  const conditions = request.headers;
  void reply.headers({ etag: tag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' });
  if (namesTag(conditions['if-none-match'], tag)) return reply.code(HttpStatus.NOT_MODIFIED).send();

  const range = isFresh(conditions['if-range'], tag) ? requestedRange(conditions.range, bytes) : undefined;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new HttpException('The file ends before this range.', HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
  }
  if (range) {
    void reply.code(HttpStatus.PARTIAL_CONTENT);
    void reply.header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  void reply.headers({
    'content-type': mediaType,
    'content-length': range ? range.end - range.start + 1 : bytes,
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
  });
  // Without any body Fastify would say that the length is 0.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : await open(range));
}

/** If-Range holds only for the very same tag (RFC 9110 13.1.5); a date never does, as none is sent. */
const isFresh = (ifRange: unknown, tag: string): boolean => ifRange === undefined || ifRange === tag;
