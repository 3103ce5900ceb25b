import { Icon, type IconName } from '../components/icon.js';
import { RichText } from '../components/rich-text.js';
import { useCourse } from '../course-context.js';
import type { BlockProps } from './block-props.js';

type Tone = BlockProps<'callout'>['block']['tone'];

const ICONS: Record<Tone, IconName> = { NOTE: 'note', TIP: 'tip', WARNING: 'warning', POLICY: 'policy' };

export function Callout({ block: { tone, title, body } }: BlockProps<'callout'>) {
  const { words, wordsLanguage } = useCourse();
  return (
    <aside class={`callout callout--${tone.toLowerCase()}`}>
      <p class="callout__label">
        <Icon name={ICONS[tone]} />
        <span lang={wordsLanguage}>{words.callout[tone]}</span>
      </p>
      {title !== undefined && <p class="callout__title">{title}</p>}
      <RichText html={body} />
    </aside>
  );
}
