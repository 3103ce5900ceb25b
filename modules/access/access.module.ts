import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthenticationHook } from '../../src/platform/access/authentication.hook.js';
import { Authenticator } from '../../src/platform/access/authenticator.js';
import { AccessBootstrap } from './access-bootstrap.js';
import { AccessResolver } from './access.resolver.js';
import { AccessService } from './access.service.js';
import { ApiKeyAuthenticator } from './api-key-authenticator.js';
import { ApiKeyRow } from './api-key.entity.js';
import { ApiKeyStore } from './api-key.store.js';
import { OrganizationRow } from './organization.entity.js';
import { OrganizationStore } from './organization.store.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([OrganizationRow, ApiKeyRow])],
  providers: [
    AccessBootstrap,
    AccessResolver,
    AccessService,
    ApiKeyAuthenticator,
    ApiKeyStore,
    AuthenticationHook,
    OrganizationStore,
    { provide: Authenticator, useExisting: ApiKeyAuthenticator },
  ],
  exports: [AccessService, Authenticator],
})
export class AccessModule {}
