/** Every kind of block. A new kind is one file beside this one and one line in the table below. */
import { z } from 'zod';
import { accordion } from './accordion.js';
import { audio } from './audio.js';
import { callout } from './callout.js';
import { caseStudy } from './case-study.js';
import { checklist } from './checklist.js';
import { download } from './download.js';
import { flashcards } from './flashcards.js';
import { heading } from './heading.js';
import { image } from './image.js';
import { knowledgeCheck } from './knowledge-check.js';
import { quickReferenceCard } from './quick-reference-card.js';
import { socialPost } from './social-post.js';
import { tabs } from './tabs.js';
import { text } from './text.js';
import { video } from './video.js';

export const blockKinds = [
  text,
  heading,
  image,
  video,
  audio,
  callout,
  accordion,
  tabs,
  flashcards,
  checklist,
  caseStudy,
  quickReferenceCard,
  socialPost,
  knowledgeCheck,
  download,
] as const;

export const blockContent = z
  .discriminatedUnion('kind', blockKinds)
  .meta({ title: 'BlockContent', description: 'A block of any kind.' });
export type BlockContent = z.infer<typeof blockContent>;
export type BlockKind = BlockContent['kind'];
export type BlockOf<K extends BlockKind> = Extract<BlockContent, { kind: K }>;
