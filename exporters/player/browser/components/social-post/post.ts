import type { BlockOf } from '../../../../document/blocks/index.js';

/** A social post, wherever it stands: in a page, or at a node of a scenario. */
export type Post = Omit<BlockOf<'social-post'>, 'kind'>;
