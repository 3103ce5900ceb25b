import { Picture } from './picture.js';

const HUES = 6;

/** At most two first letters, of the first and the last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/u);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** The same name has the same colour everywhere. */
const hueOf = (name: string): number =>
  [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 997, 7) % HUES;

/** A portrait, or the initials on a colour; the name is always beside it, so it says nothing itself. */
export function Avatar({ name, asset, small = false }: { name: string; asset?: string | undefined; small?: boolean }) {
  return (
    <span class={`avatar avatar--${hueOf(name)}${small ? ' avatar--small' : ''}`} aria-hidden="true">
      {asset === undefined ? initialsOf(name) : <Picture asset={asset} />}
    </span>
  );
}
