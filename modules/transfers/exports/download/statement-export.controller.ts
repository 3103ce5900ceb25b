import { Controller, Get, Param, ParseUUIDPipe, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal } from '../../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../../src/platform/access/principal.js';
import { Public } from '../../../../src/platform/access/public.decorator.js';
import { sendDownload } from '../../../../src/platform/http/downloads/download.js';
import { ExportDownloads } from './export-downloads.service.js';

/** The files: by key at `/statement-exports/<id>`, or by the link that GraphQL gives as an export's url. GET and HEAD. */
@Controller('statement-exports')
export class StatementExportController {
  constructor(private readonly downloads: ExportDownloads) {}

  @Get(':id')
  async byKey(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendDownload(await this.downloads.byKey(principal, id), request, reply);
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
