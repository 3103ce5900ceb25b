import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { CONFIG, type Config } from '../../src/config.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { StartError } from '../../src/platform/start-error.js';
import { hashSecret } from './keys/api-key.js';
import { ApiKeyStore } from './keys/api-key.store.js';
import { DEFAULT_ORGANIZATION_ID } from './organizations/organization.js';
import { OrganizationStore } from './organizations/organization.store.js';

/** Makes the default organization and the configured administrator's key, the only ones that are not made by the API. */
@Injectable()
export class AccessBootstrap implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly unitOfWork: UnitOfWork,
    private readonly organizations: OrganizationStore,
    private readonly keys: ApiKeyStore,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.unitOfWork.run(DEFAULT_ORGANIZATION_ID, async () => {
      await this.organizations.add(DEFAULT_ORGANIZATION_ID, 'Default organization');
      await this.putAdministratorsKey();
    });
  }

  /** The configuration decides: its key works, and the one it named before does not any more. */
  private async putAdministratorsKey(): Promise<void> {
    const { id, secret } = this.config.adminKey;
    const key = await this.keys.put({
      id,
      organizationId: DEFAULT_ORGANIZATION_ID,
      secretHash: hashSecret(secret),
      name: 'Administrator (configuration)',
      scopes: ['admin'],
      origin: 'CONFIGURATION',
      trusted: false,
    });
    if (!key) throw new StartError(`LECTERN_API_KEY takes the id ${id}, which another key has; choose another id.`);
    await this.keys.revokeConfiguredExcept(id);
  }
}
