/**
 * The UTF-8 of texts, with commas between them, after a start and before an end. A page of statements is large: each of its
 * characters is copied once, into what is sent, and not first into one text and then into another.
 */
export function joinedBytes(start: string, texts: readonly string[], end: string): Buffer {
  const parts = [start, ...texts.flatMap((text, index) => (index === 0 ? [text] : [',', text])), end];
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) at += bytes.write(part, at);
  return bytes;
}
