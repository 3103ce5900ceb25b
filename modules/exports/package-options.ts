import type { PackageOptions } from './package.js';

/** Options as they are sent: what is left out may be null or missing. */
export interface SentOptions {
  readonly masteryScore: boolean;
  readonly window?: { readonly width: number; readonly height: number } | null;
  readonly reportTo?: 'LRS' | null;
  readonly learnerHomePage?: string | null;
  readonly language?: string | null;
}

/** The options in one form, so that equal choices make equal packages. */
export function optionsOf(sent: SentOptions | null | undefined): PackageOptions {
  const { masteryScore = false, window, reportTo, learnerHomePage, language } = sent ?? {};
  return {
    masteryScore,
    ...(window && { window: { width: window.width, height: window.height } }),
    ...(reportTo && { reportTo }),
    ...(reportTo && learnerHomePage && { learnerHomePage }),
    ...(language && { language }),
  };
}
