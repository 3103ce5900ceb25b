import { Controller, Get, Headers, HttpStatus, Param, ParseUUIDPipe, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { courseDocumentJsonSchema, courseImportJsonSchema } from '../../exporters/document/index.js';
import { CurrentPrincipal } from '../../src/platform/access/current-principal.decorator.js';
import { requireScope, type Principal } from '../../src/platform/access/principal.js';
import { Public } from '../../src/platform/access/public.decorator.js';
import { succeeded } from '../../src/platform/graphql/refused.js';
import { namesTag } from '../../src/platform/http/downloads/byte-range.js';
import { PublishingService } from './publishing.service.js';

/** Made when first asked for: deriving the two takes as long as a tenth of a start. */
const documentSchema = once(courseDocumentJsonSchema);
const importSchema = once(courseImportJsonSchema);

/** Course documents, and the JSON Schemas of what goes in and comes out. */
@Controller()
export class PublishingController {
  constructor(private readonly publishing: PublishingService) {}

  @Get('versions/:id/document.json')
  async document(
    @CurrentPrincipal() principal: Principal,
    @Param('id', ParseUUIDPipe) id: string,
    @Headers('if-none-match') ifNoneMatch: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    requireScope(principal, 'author');
    const version = succeeded(await this.publishing.version(principal, id));
    const etag = `"${version.contentHash}-${version.number}"`;
    void reply.headers({ etag, 'cache-control': 'private, immutable' });
    return namesTag(ifNoneMatch, etag) ? reply.code(HttpStatus.NOT_MODIFIED).send() : reply.send(version.document);
  }

  @Public()
  @Get('schemas/course-document.schema.json')
  documentSchema(): object {
    return documentSchema();
  }

  @Public()
  @Get('schemas/course-import.schema.json')
  importSchema(): object {
    return importSchema();
  }
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
