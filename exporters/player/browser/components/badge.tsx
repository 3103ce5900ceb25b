import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.js';

export type Tone = 'good' | 'fair' | 'poor' | 'plain';

const ICONS: Record<Tone, IconName | undefined> = { good: 'check', fair: 'half', poor: 'cross', plain: undefined };

/** A judgement at a glance: colour, icon and words say the same. */
export function Badge({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  const icon = ICONS[tone];
  return (
    <span class={`badge badge--${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
