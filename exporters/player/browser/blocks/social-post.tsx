import { SocialPostCard } from '../components/social-post/social-post-card.js';
import type { BlockProps } from './block-props.js';

export const SocialPost = ({ block }: BlockProps<'social-post'>) => <SocialPostCard post={block} />;
