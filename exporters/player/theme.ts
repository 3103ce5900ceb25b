/** What the course's theme asks for, as attributes of the page's root element; the style sheet reads them. */
import type { CourseDocument } from '../document/course-document.js';
import { contrast, mix, readable } from './colour.js';
import { directionOf } from './direction.js';

/** The grounds that text stands on, and the ink; the same values as in browser/styles/tokens.css. */
const LIGHT = { grounds: ['#fbfaf8', '#ffffff', '#f3f1ed'], ink: '#1d2126', accent: '#1f5d7a' };
const DARK = { grounds: ['#15181b', '#1d2125', '#262b30'], ink: '#eceae6', accent: '#7fc1e0' };

// WCAG 2.2: 1.4.3 for text, 1.4.11 for what tells a control or a state.
const TEXT_CONTRAST = 4.5;
const CONTROL_CONTRAST = 3;
const SOFT_SHARE = 0.09;

interface Accent {
  /** Fill of the main button, of progress. */
  fill: string;
  /** Text on that fill. */
  on: string;
  /** The accent as a colour of text. */
  text: string;
  /** A tint to set a passage apart. */
  soft: string;
}

function accentOf(colour: string, { grounds, ink }: typeof LIGHT): Accent {
  const ground = grounds[0] ?? ink;
  const fill = readable(colour, grounds, ink, CONTROL_CONTRAST);
  const soft = mix(ground, colour, SOFT_SHARE);
  const on = contrast('#ffffff', fill) >= TEXT_CONTRAST ? '#ffffff' : '#000000';
  return { fill, on, soft, text: readable(colour, [...grounds, soft], ink, TEXT_CONTRAST) };
}

function accentStyle(theme: CourseDocument['theme']): string {
  const light = accentOf(theme?.accent ?? LIGHT.accent, LIGHT);
  const dark = accentOf(theme?.accentDark ?? theme?.accent ?? DARK.accent, DARK);
  const both = (name: string, part: keyof Accent) => `--${name}:var(--light,${light[part]}) var(--dark,${dark[part]})`;
  return [
    both('accent', 'fill'),
    both('on-accent', 'on'),
    both('accent-text', 'text'),
    both('accent-soft', 'soft'),
  ].join(';');
}

/** Attributes for the `<html>` element of a course: its language and direction, and its theme. */
export function pageAttributes(document: CourseDocument): Record<string, string> {
  const { theme, language } = document;
  return {
    lang: language,
    dir: directionOf(language),
    'data-appearance': (theme?.appearance ?? 'SYSTEM').toLowerCase(),
    'data-typeface': (theme?.typeface ?? 'SANS').toLowerCase(),
    'data-corners': (theme?.corners ?? 'ROUND').toLowerCase(),
    style: accentStyle(theme),
  };
}
