import { Icon } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import type { BlockProps } from './block-props.js';

/** Passages that open one by one: the browser's own disclosure, so that search in the page finds what is folded away. */
export function Accordion({ block: { items } }: BlockProps<'accordion'>) {
  return (
    <div class="accordion">
      {items.map(({ id, title, body }) => (
        <details key={id} class="disclosure">
          <summary>
            {title}
            <Icon name="down" />
          </summary>
          <RichText html={body} class="disclosure__body" />
        </details>
      ))}
    </div>
  );
}
