import type { en } from './en.js';
import type { Plural, Template } from './say.js';

/** The same places as in English, each with a template of its own. */
type Translated<T> = {
  [K in keyof T]: T[K] extends string ? string : T[K] extends Plural ? Template : Translated<T[K]>;
};
export type Words = Translated<typeof en>;

/** Words with the BCP 47 tag of their language. */
export interface WordsOfLanguage {
  language: string;
  words: Words;
}
