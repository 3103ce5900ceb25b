/** Picks the player's own words by language. A new language is one file beside this one and one line in the table. */
import { en, type Words } from './en.js';

export type { Words };

const languages: Record<string, Words> = { en };

/** The words of the language, of its base language (`de` for `de-AT`), or English; with the tag of what was found. */
export function wordsFor(tag: string): { language: string; words: Words } {
  const language = new Intl.Locale(tag).language;
  const words = languages[language];
  return words === undefined ? { language: 'en', words: en } : { language: tag, words };
}
