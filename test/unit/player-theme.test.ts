import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contrast } from '../../exporters/player/colour.js';
import { directionOf } from '../../exporters/player/direction.js';
import { pageAttributes } from '../../exporters/player/theme.js';
import { richCourse } from '../support/fixtures/rich-course.js';

type Theme = NonNullable<typeof richCourse.theme>;

/** The two colours, light and dark, of a name in the style attribute. */
function coloursOf(theme: Theme, name: string): [light: string, dark: string] {
  const { style = '' } = pageAttributes({ ...richCourse, theme });
  const [, light = '', dark = ''] =
    new RegExp(`--${name}:var\\(--light,(#\\w+)\\) var\\(--dark,(#\\w+)\\)`).exec(style) ?? [];
  return [light, dark];
}

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('the theme', () => {
  it('makes any accent readable as text and visible as a control, on light and dark grounds', () => {
    fc.assert(
      fc.property(colour, (accent) => {
        for (const [index, grounds] of [
          ['#fbfaf8', '#ffffff', '#f3f1ed'],
          ['#15181b', '#1d2125', '#262b30'],
        ].entries()) {
          const of = (name: string) => coloursOf({ accent }, name)[index]!;
          for (const ground of [...grounds, of('accent-soft')])
            expect(contrast(of('accent-text'), ground)).toBeGreaterThanOrEqual(4.5);
          for (const ground of grounds) expect(contrast(of('accent'), ground)).toBeGreaterThanOrEqual(3);
          expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('keeps an accent that is readable as it is', () => {
    expect(coloursOf({ accent: '#0b6b66', accentDark: '#6fd0c7' }, 'accent')).toEqual(['#0b6b66', '#6fd0c7']);
  });

  it('measures contrast as WCAG 2.2 defines it', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe('the direction of a language', () => {
  it.each([
    ['en', 'ltr'],
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['ur', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ku', 'ltr'],
    ['pa-Guru', 'ltr'],
  ])('%s is %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});
