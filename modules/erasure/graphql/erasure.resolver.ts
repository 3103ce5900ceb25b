import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { CurrentPrincipal } from '../../../src/platform/access/current-principal.decorator.js';
import type { Principal } from '../../../src/platform/access/principal.js';
import { NotFound } from '../../../src/platform/errors.js';
import type { UserError } from '../../../src/platform/errors.js';
import { ConnectionArgs } from '../../../src/platform/graphql/connection.args.js';
import { toConnection } from '../../../src/platform/graphql/connection.js';
import type { Connection } from '../../../src/platform/graphql/connection.js';
import { succeeded } from '../../../src/platform/graphql/refused.js';
import { mapSuccess } from '../../../src/platform/graphql/result-union.js';
import { UuidPipe } from '../../../src/platform/graphql/uuid.pipe.js';
import { AgentInput, agentOf, PersonInput, referenceOf } from '../../persons/index.js';
import type { SignedCertificate } from '../erasure-certificate.js';
import { ErasureCertificatesService } from '../erasure-certificates.service.js';
import { ErasurePreviewService } from '../erasure-preview.service.js';
import type { Erasure } from '../erasure.js';
import { ErasuresService } from '../erasures.service.js';
import { ErasureProgress } from '../run/erasure-progress.js';
import {
  ErasePersonInput,
  ErasePersonResult,
  ErasureConnection,
  ErasureObject,
  ErasurePreviewResult,
  VerifyErasureCertificateResult,
} from './erasure.graphql.js';
import { countsView, erasureView } from './erasure.view.js';

/** It looks at every statement of the person. */
const PREVIEW_COST = 100;

@Resolver(() => ErasureObject)
export class ErasureResolver {
  constructor(
    private readonly service: ErasuresService,
    private readonly previews: ErasurePreviewService,
    private readonly certificates: ErasureCertificatesService,
    private readonly progress: ErasureProgress,
  ) {}

  @Query(() => ErasurePreviewResult, {
    description: 'A dry run: what `erasePerson` would touch by now. Nothing is changed. Scope: ADMIN.',
    complexity: PREVIEW_COST,
  })
  async erasurePreview(
    @CurrentPrincipal() principal: Principal,
    @Args('person', { type: () => PersonInput, description: 'The person, with all identities.' }) person: PersonInput,
  ): Promise<object | UserError> {
    const counts = await this.previews.preview(principal, referenceOf(person));
    return mapSuccess(counts, (found) => ({ counts: countsView(found) }));
  }

  @Mutation(() => ErasePersonResult, {
    description:
      'Erases a person: pseudonyms in statements, documents and attachments deleted, numbers unchanged, a certificate. It ' +
      'cannot be undone. What is stored later is about somebody new. Scope: ADMIN.',
  })
  async erasePerson(
    @CurrentPrincipal() principal: Principal,
    @Args('input', { description: 'Whom, and how.' }) { person, content }: ErasePersonInput,
  ): Promise<object | UserError> {
    const asked = await this.service.erase(principal, referenceOf(person), content);
    return mapSuccess(asked, (erasure) => ({ erasure: erasureView(erasure) }));
  }

  @Query(() => ErasureObject, {
    nullable: true,
    description: 'One erasure; null when there is none with this id. Scope: ADMIN.',
  })
  async erasure(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the erasure.' }, UuidPipe) id: string,
  ): Promise<ErasureObject | null> {
    const found = await this.service.find(principal, id);
    return found instanceof NotFound ? null : erasureView(found);
  }

  @Query(() => ErasureConnection, { description: 'Erasures, the newest first. Scope: ADMIN.' })
  async erasures(
    @CurrentPrincipal() principal: Principal,
    @Args() request: ConnectionArgs,
  ): Promise<Connection<ErasureObject>> {
    const page = succeeded(await this.service.list(principal, request));
    return toConnection({ ...page, items: page.items.map(erasureView) }, () => this.service.count(principal));
  }

  @Query(() => [ErasureObject], {
    description:
      'Whether somebody was erased: the erasures that an identity was part of, the newest first. Only who knows the identity ' +
      'can ask. Scope: ADMIN.',
  })
  async erasuresOf(
    @CurrentPrincipal() principal: Principal,
    @Args('agent', { type: () => AgentInput, description: 'The identity.' }) agent: AgentInput,
  ): Promise<ErasureObject[]> {
    return (await this.service.of(principal, agentOf(agent))).map(erasureView);
  }

  @Query(() => VerifyErasureCertificateResult, {
    description: 'Whether a certificate of an erasure is genuine. Scope: ADMIN.',
  })
  verifyErasureCertificate(
    @CurrentPrincipal() principal: Principal,
    @Args('certificate', { type: () => String, description: 'The JSON, blanks and order do not matter.' })
    certificate: string,
    @Args('signature', { type: () => String, description: 'The signature.' }) signature: string,
  ): object | UserError {
    return mapSuccess(this.certificates.verify(principal, { certificate, signature }), (check) => ({ check }));
  }

  @Subscription(() => ErasureObject, {
    description: 'An erasure now and whenever it has got further, until it is done. Scope: ADMIN.',
    resolve: (state: Erasure) => erasureView(state),
  })
  async erasureProgress(
    @CurrentPrincipal() principal: Principal,
    @Args('id', { type: () => ID, description: 'Id of the erasure.' }, UuidPipe) id: string,
  ): Promise<AsyncIterableIterator<Erasure>> {
    succeeded(await this.service.find(principal, id));
    return this.progress.follow(principal.organizationId, id);
  }

  @ResolveField()
  async certificate(
    @Parent() { id }: ErasureObject,
    @CurrentPrincipal() principal: Principal,
  ): Promise<SignedCertificate | null> {
    const found = await this.certificates.find(principal, id);
    return found instanceof NotFound ? null : found;
  }
}
