export { AccessModule } from './access.module.js';
export { AccessService, type PackageKey } from './access.service.js';
export type { ApiKey } from './keys/api-key.js';
export { DEFAULT_ORGANIZATION_ID, type Organization } from './organizations/organization.js';
