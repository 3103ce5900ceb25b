import { Meter } from '../components/meter.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import type { BlockProps } from './block-props.js';

/** Points to tick; the ticks are remembered. */
export function Checklist({ block: { id: block, title, items } }: BlockProps<'checklist'>) {
  const { session, words, say, wordsLanguage } = useCourse();
  const ticked = session.ticked(block);
  return (
    <fieldset class="card checklist">
      <legend class={title === undefined ? 'visually-hidden' : 'card__title'}>
        {title ?? say(words.checklist.done, ticked.length, items.length)}
      </legend>
      <p class="checklist__done" lang={wordsLanguage}>
        {say(words.checklist.done, ticked.length, items.length)}
      </p>
      <Meter share={ticked.length / items.length} />
      {items.map(({ id, text }) => (
        <label key={id} class="check-row">
          <input
            type="checkbox"
            checked={ticked.includes(id)}
            onChange={(event) => session.tick(block, id, event.currentTarget.checked)}
          />
          <RichText html={text} />
        </label>
      ))}
    </fieldset>
  );
}
