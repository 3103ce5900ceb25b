const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', amp: '&' };

const decoded = (entity: string, name: string): string =>
  name.startsWith('#')
    ? String.fromCodePoint(Math.min(0x10ffff, Number(name.replace(/^#x/i, '0x').replace('#', ''))))
    : (ENTITIES[name] ?? entity);

// Between words of two blocks there is a gap, inside a word there is none.
const BLOCK_TAG = /<\/?(?:p|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|div|blockquote|pre|table|tr|td|th)\b[^>]*>/gi;

/** The words of a published rich text on one line: no tags, no entities. Works without a DOM. */
export const plainText = (html: string): string =>
  html
    .replace(BLOCK_TAG, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, decoded)
    .replace(/\s+/g, ' ')
    .trim();

/** The text cut to at most `max` characters, at a whole character, with an ellipsis where it was cut. */
export function shortened(text: string, max: number): string {
  const characters = [...text];
  return characters.length <= max
    ? text
    : `${characters
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
