import { contrast } from '../../../exporters/index.js';
import type { Problem } from '../../../src/platform/errors.js';
import { problem, type Check } from './check.js';

/** Contrast that text needs (WCAG 2.2, 1.4.3). */
const MINIMUM_CONTRAST = 4.5;
/** The player's grounds, light and dark. */
const GROUNDS = { accent: '#fbfaf8', accentDark: '#15181b' };

/** The accent can be read as text on its ground; the player darkens or lightens one that cannot. */
export const checkTheme: Check = ({ content: { theme } }) =>
  (['accent', 'accentDark'] as const).flatMap((token): Problem[] => {
    const colour = theme?.[token];
    if (colour === undefined || contrast(colour, GROUNDS[token]) >= MINIMUM_CONTRAST) return [];
    const ratio = contrast(colour, GROUNDS[token]).toFixed(1);
    return [
      problem(
        'WARNING',
        'LOW_CONTRAST',
        ['theme', token],
        `${colour} has a contrast of ${ratio} to its ground; text needs ${MINIMUM_CONTRAST}.`,
        'Choose a stronger colour; until then the player adjusts it.',
      ),
    ];
  });
