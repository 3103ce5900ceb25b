import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { Public } from '../../../src/platform/access/public.decorator.js';
import { NotFound } from '../../../src/platform/errors.js';
import { sendDownload } from '../../../src/platform/http/downloads/download.js';
import { PackageDownloads } from './package-downloads.service.js';

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
    await sendDownload(
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
    await sendDownload(await this.downloads.byLink(id, token), request, reply);
  }
}
