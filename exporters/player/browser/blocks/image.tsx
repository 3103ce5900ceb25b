import { Picture } from '../components/picture.js';
import { RichText } from '../components/rich-text.js';
import type { BlockProps } from './block-props.js';

export function Image({ block: { asset, alt, caption } }: BlockProps<'image'>) {
  return (
    <figure class="figure">
      <Picture asset={asset} alt={alt} />
      {caption !== undefined && (
        <figcaption>
          <RichText html={caption} />
        </figcaption>
      )}
    </figure>
  );
}
