import { Controller, Get, Headers, HttpStatus, Param, ParseUUIDPipe, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import { Refused, succeeded } from '../../src/platform/graphql/refused.js';
import type { Asset } from './asset.js';
import { refusal } from './asset.errors.js';
import { AssetsService } from './assets.service.js';
import { fileOf, whole } from './upload-body.js';

/** Uploads as multipart/form-data, and the files themselves. */
@Controller('assets')
export class AssetsController {
  constructor(private readonly assets: AssetsService) {}

  /** One part `file`; before it, if wanted, a field `externalId`. Answers 201 with the asset. */
  @Post()
  async upload(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest): Promise<unknown> {
    requireScope(principal, 'author');
    if (!request.isMultipart())
      throw new Refused(refusal('NOT_MULTIPART', 'Send multipart/form-data with one part named "file".', 'file'));
    const part = await fileOf(request);
    if (part === undefined) throw new Refused(refusal('MISSING_FILE', 'There is no part named "file".', 'file'));
    const externalId = part.fields['externalId'];
    const asset = await this.assets.store(principal, {
      fileName: part.filename,
      body: whole(part.file),
      externalId: externalId !== undefined && 'value' in externalId ? String(externalId.value) : undefined,
    });
    return shown(succeeded(asset));
  }

  @Get(':id')
  async download(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asset = succeeded(await this.assets.asset(principal, id));
    const etag = `"${asset.sha256}"`;
    void reply.headers({
      etag,
      'content-type': asset.mediaType,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(asset.fileName)}`,
      // What an author uploaded must never run with the origin of this service.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    if (ifNoneMatch === etag) return reply.code(HttpStatus.NOT_MODIFIED).send();
    void reply.header('content-length', asset.bytes);
    return reply.send(await this.assets.open(principal.organizationId, asset.sha256));
  }
}

const shown = ({ createdAt, ...asset }: Asset) => ({
  ...asset,
  createdAt: createdAt.toISOString(),
  url: `/assets/${asset.id}`,
});
