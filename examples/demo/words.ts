const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** The words of a rich text, as they are read on the screen. */
export const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/gu, '')
    .replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => entities[name] ?? '')
    .trim();

/** Matches exactly these words, however the screen breaks them into lines. */
export const exactly = (html: string): RegExp => {
  const escaped = plain(html).replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`^\\s*${escaped.replace(/\s+/gu, '\\s+')}\\s*$`, 'u');
};
