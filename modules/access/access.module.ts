import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthenticationHook } from '../../src/platform/access/authentication.hook.js';
import { Authenticator } from '../../src/platform/access/authenticator.js';
import { Callers } from '../../src/platform/access/callers.js';
import { RequestQuotas } from '../../src/platform/access/request-quotas.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { AccessBootstrap } from './access-bootstrap.js';
import { AccessChanges } from './access-changes.js';
import { AccessResolver } from './access.resolver.js';
import { AccessService } from './access.service.js';
import { CredentialsAuthenticator } from './credentials-authenticator.js';
import { IssuerKeys } from './issuers/issuer-keys.js';
import { TokenAuthenticator } from './issuers/token-authenticator.js';
import { TokenIssuerRow } from './issuers/token-issuer.entity.js';
import { TokenIssuerResolver } from './issuers/token-issuer.resolver.js';
import { TokenIssuerStore } from './issuers/token-issuer.store.js';
import { TokenIssuersService } from './issuers/token-issuers.service.js';
import { ApiKeyAuthenticator } from './keys/api-key-authenticator.js';
import { ApiKeyRow } from './keys/api-key.entity.js';
import { ApiKeyResolver } from './keys/api-key.resolver.js';
import { ApiKeyStore } from './keys/api-key.store.js';
import { ApiKeysService } from './keys/api-keys.service.js';
import { OrganizationRow } from './organizations/organization.entity.js';
import { OrganizationStore } from './organizations/organization.store.js';
import { CountedQuotas } from './quotas/counted-quotas.js';
import { RequestCountRow } from './quotas/request-count.entity.js';
import { RequestCountStore } from './quotas/request-count.store.js';

@Global()
@Module({
  imports: [HttpModule, TypeOrmModule.forFeature([OrganizationRow, ApiKeyRow, TokenIssuerRow, RequestCountRow])],
  providers: [
    AccessBootstrap,
    AccessChanges,
    AccessResolver,
    AccessService,
    ApiKeyAuthenticator,
    ApiKeyResolver,
    ApiKeyStore,
    ApiKeysService,
    AuthenticationHook,
    Callers,
    IssuerKeys,
    OrganizationStore,
    RequestCountStore,
    TokenAuthenticator,
    TokenIssuerResolver,
    TokenIssuerStore,
    TokenIssuersService,
    { provide: Authenticator, useClass: CredentialsAuthenticator },
    { provide: RequestQuotas, useClass: CountedQuotas },
  ],
  exports: [AccessService, Authenticator, Callers, RequestQuotas],
})
export class AccessModule {}
