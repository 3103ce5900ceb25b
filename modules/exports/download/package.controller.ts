import { Readable } from 'node:stream';
import { Controller, Get, HttpException, HttpStatus, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { Public } from '../../../src/platform/access/public.decorator.js';
import { NotFound } from '../../../src/platform/errors.js';
import { namesTag, requestedRange } from './byte-range.js';
import { PackageDownloads, type Download } from './package-downloads.service.js';

const UUID_ZIP = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.zip$/;

/** The zips: by key at `/packages/<id>.zip`, or by the link that GraphQL gives as a package's url. GET and HEAD. */
@Controller('packages')
export class PackageController {
  constructor(private readonly downloads: PackageDownloads) {}

  @Get(':file')
  async byKey(
    @CurrentPrincipal() principal: Principal,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const [, id] = UUID_ZIP.exec(file) ?? [];
    await send(
      id === undefined ? new NotFound('File', file) : await this.downloads.byKey(principal, id),
      request,
      reply,
    );
  }

  @Public()
  @Get(':id/:token/:fileName')
  async byLink(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(await this.downloads.byLink(id, token), request, reply);
  }
}

/** Answers as RFC 9110 13.2.2 orders the conditions: the tag first, then the range. */
async function send(download: Download | NotFound, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (download instanceof NotFound) throw new HttpException(download.message, HttpStatus.NOT_FOUND);
  const { bytes, sha256, fileName, open } = download;
  const tag = `"${sha256}"`;
  const conditions = request.headers;
  void reply.headers({ etag: tag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' });
  if (namesTag(conditions['if-none-match'], tag)) return reply.code(HttpStatus.NOT_MODIFIED).send();

  const range = isFresh(conditions['if-range'], tag) ? requestedRange(conditions.range, bytes) : undefined;
  if (range === 'unsatisfiable') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new HttpException('The package ends before this range.', HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE);
  }
  if (range) {
    void reply.code(HttpStatus.PARTIAL_CONTENT);
    void reply.header('content-range', `bytes ${range.start}-${range.end}/${bytes}`);
  }
  void reply.headers({
    'content-type': 'application/zip',
    'content-length': range ? range.end - range.start + 1 : bytes,
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
  });
  // Without any body Fastify would say that the length is 0.
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : await open(range));
}

/** If-Range holds only for the very same tag (RFC 9110 13.1.5); a date never does, as none is sent. */
const isFresh = (ifRange: unknown, tag: string): boolean => ifRange === undefined || ifRange === tag;
