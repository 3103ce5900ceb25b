/**
 * The player's own words by language. They are data that the launch page of a package carries, so that a package holds one
 * language and the script none. A new language is one file beside this one and one line in the table.
 */
import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import type { Words, WordsOfLanguage } from './shape.js';

const languages: Record<string, Words> = { en, de, es, ar };

/** The words of the language, of its base language (`de` for `de-AT`), or English; with the tag of what was found. */
export function wordsFor(tag: string): WordsOfLanguage {
  const words = languages[new Intl.Locale(tag).language];
  return words === undefined ? { language: 'en', words: en } : { language: tag, words };
}
