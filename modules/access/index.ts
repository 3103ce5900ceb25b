export { AccessModule } from './access.module.js';
export { AccessService, type PackageKey } from './access.service.js';
export type { ApiKey } from './api-key.js';
export { DEFAULT_ORGANIZATION_ID, type Organization } from './organization.js';
