import type { BlockKind } from '../../../document/blocks/index.js';
import type { Block } from '../../../document/tree.js';

/** What the view of a kind of block is given. */
export interface BlockProps<K extends BlockKind> {
  block: Extract<Block, { kind: K }>;
}
