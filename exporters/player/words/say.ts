/** Sentences for each plural category of a language; the first value that is filled in decides. */
export type Plural = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A sentence in which `{0}`, `{1}` stand for the values that are filled in. */
export type Template = string | Plural;

/** Fills values into a sentence. */
export type Say = (template: Template, ...values: readonly (string | number)[]) => string;

/** How to say something in a language, given as a BCP 47 tag. */
export function sayIn(language: string): Say {
  const rules = new Intl.PluralRules(language);
  return (template, ...values) => {
    const sentence =
      typeof template === 'string' ? template : (template[rules.select(Number(values[0]))] ?? template.other);
    return sentence.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ''));
  };
}
