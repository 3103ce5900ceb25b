export type { Asset } from './asset.js';
export type { AcceptedFile, Upload } from './asset-intake.js';
export { AssetObject } from './asset.graphql.js';
export { AssetsModule } from './assets.module.js';
export { AssetsService } from './assets.service.js';
export { mediaKindOf, type MediaKind } from './media-types.js';
