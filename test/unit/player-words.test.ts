import { describe, expect, it } from '@jest/globals';
import { parseNumber } from '../../exporters/player/browser/questions/number-text.js';
import { sayIn, type Template } from '../../exporters/player/words/say.js';
import { wordsFor } from '../../exporters/player/words/words.js';

/** Every template of a language by its path. */
function templates(value: object, path = ''): [string, Template][] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]): [string, Template][] => {
    const here = `${path}.${key}`;
    const isLeaf = typeof part === 'string' || (typeof part === 'object' && part !== null && 'other' in part);
    return isLeaf ? [[here, part as Template]] : templates(part as object, here);
  });
}

const placesOf = (template: Template): string =>
  [...new Set((typeof template === 'string' ? template : template.other).match(/\{\d\}/g))].sort().join();

describe("the player's words", () => {
  it.each(['de', 'es', 'ar'])('in %s fill in the same values as in English', (language) => {
    const english = templates(wordsFor('en').words).filter(([path]) => path !== '.post.shares');
    const other = new Map(templates(wordsFor(language).words));
    for (const [path, template] of english)
      expect([path, placesOf(other.get(path)!)]).toEqual([path, placesOf(template)]);
  });

  it('are those of the base language of a tag, or English', () => {
    expect(wordsFor('de-AT').language).toBe('de-AT');
    expect(wordsFor('de-AT').words.shell.exit).toBe('Beenden');
    expect(wordsFor('fi').language).toBe('en');
  });

  it('follow the plural rules of their language', () => {
    const { words, language } = wordsFor('ar');
    const say = sayIn(language);
    const counts = [1, 2, 3, 11].map((count) => say(words.course.lessons, count));
    expect(counts).toEqual(['درس واحد', 'درسان', '3 دروس', '11 درسًا']);
    expect(sayIn('en')('{1}, {0} and {0}', 'a {1}', 'b')).toBe('b, a {1} and a {1}');
  });
});

describe('a number as people write it', () => {
  it.each([
    ['1.5', 'en', 1.5],
    ['1,5', 'en', 1.5],
    ['1,500', 'en', 1500],
    ['1.500', 'de', 1500],
    ['1,5', 'de', 1.5],
    ['1.234.567,8', 'de', 1234567.8],
    ['1,234.5', 'de', 1234.5],
    ["12'000", 'de-CH', 12000],
    ['−3', 'en', -3],
    [' 60 ', 'en', 60],
    ['٦٠', 'ar', 60],
    ['.5', 'en', 0.5],
  ])('%s in %s is %d', (text, language, number) => {
    expect(parseNumber(text, language)).toBe(number);
  });

  it.each(['', 'sixty', '1.2.3', '1e9', '--1', '1,2,3'])('%s is none', (text) => {
    expect(parseNumber(text, 'en')).toBeUndefined();
  });
});
