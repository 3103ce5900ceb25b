import { Controller, Get, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../src/platform/access/principal.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { ErasureCertificatesService } from './erasure-certificates.service.js';

/** Certificates as files. */
@Controller()
export class ErasureController {
  constructor(private readonly certificates: ErasureCertificatesService) {}

  /** `{ "certificate": ..., "signature": ... }`; the certificate is there character by character as it was signed. */
  @Get('erasures/:id/certificate.json')
  async certificate(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { certificate, signature } = succeeded(await this.certificates.find(principal, id));
    const disposition = `attachment; filename="erasure-${id}.json"`;
    void reply.headers({ 'content-type': 'application/json; charset=utf-8', 'content-disposition': disposition });
    return reply.send(`{"certificate":${certificate},"signature":${JSON.stringify(signature)}}`);
  }
}
