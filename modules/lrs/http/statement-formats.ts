import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CatalogService } from '../catalog/catalog.service.js';
import type { StoredStatement } from '../statements/stored-statement.js';
import { parseAcceptLanguage } from '../xapi/accept-language.js';
import { identifiedIn, NOTHING_KNOWN, toCanonical, toIds } from '../xapi/formatting.js';
import type { Statement } from '../xapi/statement.js';
import { readsOnlyOwn } from '../xapi-scopes.js';
import { principalOf } from './principal-of.js';
import type { Format } from './statement-query.js';

/** Statements in the form that is asked for (Comm 2.1.3, parameter `format`). */
@Injectable()
export class StatementFormats {
  constructor(private readonly catalog: CatalogService) {}

  /** @returns the JSON of each. The exact form is the stored text itself: it is never parsed on its way out. */
  async present(request: FastifyRequest, statements: readonly StoredStatement[], format: Format): Promise<string[]> {
    switch (format) {
      case 'exact':
        return statements.map(({ text }) => text);
      case 'ids':
        return parsed(statements).map((statement) => JSON.stringify(toIds(statement)));
      case 'canonical':
        return this.canonical(request, parsed(statements));
    }
  }

  private async canonical(request: FastifyRequest, statements: readonly Statement[]): Promise<string[]> {
    const preferences = parseAcceptLanguage(request.headers['accept-language']);
    const principal = principalOf(request);
    // What is known comes from the statements of everybody.
    const known = readsOnlyOwn(principal)
      ? NOTHING_KNOWN
      : await this.catalog.definitionsOf(principal.organizationId, identifiedIn(statements));
    return statements.map((statement) => JSON.stringify(toCanonical(statement, preferences, known)));
  }
}

const parsed = (statements: readonly StoredStatement[]) => statements.map(({ text }) => JSON.parse(text) as Statement);
