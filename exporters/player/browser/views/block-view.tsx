import type { FunctionComponent } from 'preact';
import type { BlockKind } from '../../../document/blocks/index.js';
import type { Block } from '../../../document/tree.js';
import { Accordion } from '../blocks/accordion.js';
import { Audio } from '../blocks/audio.js';
import type { BlockProps } from '../blocks/block-props.js';
import { Callout } from '../blocks/callout.js';
import { CaseStudy } from '../blocks/case-study/case-study.js';
import { Checklist } from '../blocks/checklist.js';
import { Download } from '../blocks/download.js';
import { Flashcards } from '../blocks/flashcards.js';
import { Heading } from '../blocks/heading.js';
import { Image } from '../blocks/image.js';
import { KnowledgeCheck } from '../blocks/knowledge-check.js';
import { QuickReferenceCard } from '../blocks/quick-reference-card.js';
import { SocialPost } from '../blocks/social-post.js';
import { Tabs } from '../blocks/tabs.js';
import { Text } from '../blocks/text.js';
import { Video } from '../blocks/video.js';

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
