import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CatalogService } from '../catalog/catalog.service.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { parseAcceptLanguage } from '../xapi/accept-language.js';
import { CanonicalForm, identifiedIn, NOTHING_KNOWN, toIds } from '../xapi/formatting.js';
import { outlineOf } from '../xapi/outline.js';
import type { Outline } from '../xapi/outline.js';
import { readsOnlyOwn } from '../xapi-scopes.js';
import { principalOf } from './principal-of.js';
import type { Format } from './statement-query.js';

/** Statements in the form that is asked for (Comm 2.1.3, parameter `format`). */
@Injectable()
export class StatementFormats {
  constructor(private readonly catalog: CatalogService) {}

  /** @returns the JSON of each. No form parses the stored text, the exact one is that text. */
  async present(request: FastifyRequest, statements: readonly StoredStatement[], format: Format): Promise<string[]> {
    switch (format) {
      case 'exact':
        return statements.map(({ text }) => text);
      case 'ids':
        return outlined(statements).map(toIds);
      case 'canonical':
        return this.canonical(request, outlined(statements));
    }
  }

  private async canonical(request: FastifyRequest, outlines: readonly Outline[]): Promise<string[]> {
    const preferences = parseAcceptLanguage(request.headers['accept-language']);
    const principal = principalOf(request);
    // What is known comes from the statements of everybody.
    const known = readsOnlyOwn(principal)
      ? NOTHING_KNOWN
      : await this.catalog.definitionsOf(principal.organizationId, identifiedIn(outlines));
    const form = new CanonicalForm(preferences, known);
    return outlines.map((outline) => form.of(outline));
  }
}

const outlined = (statements: readonly StoredStatement[]) => statements.map(({ text }) => outlineOf(text));
