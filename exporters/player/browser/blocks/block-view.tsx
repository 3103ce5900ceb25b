import type { FunctionComponent } from 'preact';
import type { BlockKind } from '../../../document/blocks/index.js';
import type { Block } from '../../../document/tree.js';
import { Accordion } from './accordion.js';
import { Audio } from './audio.js';
import type { BlockProps } from './block-props.js';
import { Callout } from './callout.js';
import { CaseStudy } from './case-study.js';
import { Checklist } from './checklist.js';
import { Download } from './download.js';
import { Flashcards } from './flashcards.js';
import { Heading } from './heading.js';
import { Image } from './image.js';
import { KnowledgeCheck } from './knowledge-check.js';
import { QuickReferenceCard } from './quick-reference-card.js';
import { SocialPost } from './social-post.js';
import { Tabs } from './tabs.js';
import { Text } from './text.js';
import { Video } from './video.js';

/** The view of every kind of block. */
const views: { [K in BlockKind]: FunctionComponent<BlockProps<K>> } = {
  text: Text,
  heading: Heading,
  image: Image,
  video: Video,
  audio: Audio,
  callout: Callout,
  accordion: Accordion,
  tabs: Tabs,
  flashcards: Flashcards,
  checklist: Checklist,
  'case-study': CaseStudy,
  'quick-reference-card': QuickReferenceCard,
  'social-post': SocialPost,
  'knowledge-check': KnowledgeCheck,
  download: Download,
};

export function BlockView({ block }: { block: Block }) {
  // The table pairs each kind with its own view; the compiler cannot see that the block at hand is of that very kind.
  const View = views[block.kind] as FunctionComponent<{ block: Block }>;
  return <View block={block} />;
}
