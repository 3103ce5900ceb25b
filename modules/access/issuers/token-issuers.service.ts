import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { requireScope, type Principal } from '../../../src/platform/access/principal.js';
import type { Page, PageRequest } from '../../../src/platform/database/keyset.js';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work.js';
import { uuidV7 } from '../../../src/platform/database/uuid.js';
import { Conflict, NotFound, RevisionConflict, ValidationFailed } from '../../../src/platform/errors.js';
import { Outbound } from '../../../src/platform/http/outbound/outbound.js';
import { AccessChanges } from '../access-changes.js';
import { applyChange, type Change } from '../apply-change.js';
import type { TokenIssuer } from './token-issuer.js';
import { TokenIssuerStore } from './token-issuer.store.js';

export type NewTokenIssuer = Omit<TokenIssuer, 'id' | 'organizationId' | 'revision' | 'createdAt'>;

/** Issuer and audience stay: others are another issuer. */
export interface UpdateTokenIssuer extends Change<Omit<NewTokenIssuer, 'issuer' | 'audience'>> {
  readonly id: string;
  readonly expectedRevision: number;
}

/** The issuers whose tokens an organization accepts. Scope `admin`. */
@Injectable()
export class TokenIssuersService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly issuers: TokenIssuerStore,
    private readonly changes: AccessChanges,
    private readonly outbound: Outbound,
  ) {}

  /** In the order in which they were added: ids are made in order. */
  page(principal: Principal, request: PageRequest): Promise<Page<TokenIssuer> | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.issuers.page(request));
  }

  count(principal: Principal): Promise<number> {
    requireScope(principal, 'admin');
    return this.unitOfWork.read(principal.organizationId, () => this.issuers.count());
  }

  /** @returns Conflict when somebody in the installation has added the same issuer with the same audience */
  async create(principal: Principal, input: NewTokenIssuer): Promise<TokenIssuer | ValidationFailed | Conflict> {
    requireScope(principal, 'admin');
    const refused = this.refuseAddresses(input);
    if (refused) return refused;
    const { organizationId } = principal;
    return this.unitOfWork.run(organizationId, async () => {
      const added = await this.issuers.add({ ...input, id: uuidV7(), organizationId });
      if (!added) return new Conflict('This issuer is in use with this audience: take another audience.', ['audience']);
      await this.changes.announce('issuers');
      return added;
    });
  }

  async update(
    principal: Principal,
    { id, expectedRevision, ...change }: UpdateTokenIssuer,
  ): Promise<TokenIssuer | NotFound | RevisionConflict | ValidationFailed> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const issuer = await this.lock(id, expectedRevision);
      if (issuer instanceof NotFound || issuer instanceof RevisionConflict) return issuer;
      const changed = applyChange(issuer, change);
      const refused = this.refuseAddresses(changed);
      if (refused) return refused;
      await this.changes.announce('issuers');
      return this.issuers.change(changed);
    });
  }

  /** From its commit on, no process accepts tokens of the issuer. */
  async delete(
    principal: Principal,
    { id, expectedRevision }: { readonly id: string; readonly expectedRevision: number },
  ): Promise<{ deletedId: string } | NotFound | RevisionConflict> {
    requireScope(principal, 'admin');
    return this.unitOfWork.run(principal.organizationId, async () => {
      const issuer = await this.lock(id, expectedRevision);
      if (issuer instanceof NotFound || issuer instanceof RevisionConflict) return issuer;
      await this.issuers.delete(id);
      await this.changes.announce('issuers');
      return { deletedId: id };
    });
  }

  private async lock(id: string, expectedRevision: number): Promise<TokenIssuer | NotFound | RevisionConflict> {
    const issuer = isUUID(id) ? await this.issuers.lock(id) : undefined;
    if (!issuer) return new NotFound('Issuer', id, ['id']);
    return issuer.revision === expectedRevision ? issuer : new RevisionConflict(issuer.revision);
  }

  /** An issuer is the home page of accounts in authorities, so it is an address, though perhaps one that nobody asks. */
  private refuseAddresses({ issuer, jwksUrl }: Pick<TokenIssuer, 'issuer' | 'jwksUrl'>): ValidationFailed | undefined {
    const asked = jwksUrl === undefined ? 'issuer' : 'jwksUrl';
    const refusal = this.outbound.refusalOf(jwksUrl ?? issuer) ?? (URL.canParse(issuer) ? undefined : 'It is no URL.');
    if (refusal === undefined) return undefined;
    return new ValidationFailed([{ code: 'ADDRESS_REFUSED', message: refusal, path: [asked], severity: 'ERROR' }]);
  }
}
