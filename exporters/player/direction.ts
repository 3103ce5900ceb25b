/** Scripts that are written from right to left, and the languages that use one unless their tag names another. */
const RTL_SCRIPTS = new Set(['Arab', 'Hebr', 'Syrc', 'Thaa', 'Nkoo', 'Adlm', 'Rohg']);
const RTL_LANGUAGES = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'nqo', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);

/** The direction of a language, by its BCP 47 tag. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const { language, script } = new Intl.Locale(tag);
  const rightToLeft = script === undefined ? RTL_LANGUAGES.has(language) : RTL_SCRIPTS.has(script);
  return rightToLeft ? 'rtl' : 'ltr';
}
