/** The words of texts: what a text is found by, and what is looked for. */

/** So many different words of a text are kept, and so much of each. */
const MOST_WORDS = 100;
const LONGEST_WORD = 60;

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** The different words of texts in any language, in lower case and without accents, in order. */
export function wordsOf(texts: Iterable<string>): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    for (const word of wordsIn(text)) {
      if (words.size === MOST_WORDS) return [...words];
      words.add(word);
    }
  }
  return [...words];
}

function* wordsIn(text: string): Generator<string> {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  for (const { segment, isWordLike } of segmenter.segment(plain)) {
    // The segmenter takes "e.g", "a_b" and "example.com" for one word.
    if (isWordLike)
      yield* segment.split(/[^\p{L}\p{N}]+/u).flatMap((word) => (word ? [first(LONGEST_WORD, word)] : []));
  }
}

/** The first characters of a text, without cutting one in half. */
export function first(count: number, text: string): string {
  return text.length <= count ? text : text.slice(0, count).replace(/[\uD800-\uDBFF]$/, '');
}
