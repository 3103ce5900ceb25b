import { RichText } from '../components/rich-text.js';
import type { BlockProps } from './block-props.js';

export const Text = ({ block }: BlockProps<'text'>) => <RichText html={block.body} />;
