import type { BlockProps } from './block-props.js';

export const Heading = ({ block: { level, text } }: BlockProps<'heading'>) =>
  level === 2 ? <h2>{text}</h2> : <h3>{text}</h3>;
