import { cover } from '../player/cover.js';
import type { LaunchSettings } from '../player/launch-settings.js';
import { pageAttributes } from '../player/theme.js';
import { wordsFor } from '../player/words/words.js';
import type { CourseDocument } from '../document/index.js';
import { escapeXml } from '../xml/xml.js';

/** Where the launch page finds the two scripts; beside it. */
export interface LaunchScripts {
  course: string;
  player: string;
}

/**
 * index.html: what the LMS opens. Title, outline and style sheet are in the page itself, so that a learner reads before
 * any script has come; the player then takes the place of the cover.
 */
export function launchPage(
  document: CourseDocument,
  launch: LaunchSettings,
  styles: string,
  scripts: LaunchScripts,
): Buffer {
  if (/<\/style/i.test(styles)) throw new Error("The player's style sheet would end its <style> element.");
  const attributes = Object.entries(pageAttributes(document)).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  return Buffer.from(`<!doctype html>
<html${attributes.join('')}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeXml(contentSecurityPolicy(launch))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(document.title)}</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>
<div id="app">${cover(document, launch.language)}</div>
<script type="application/json" id="lectern-launch">${jsonInHtml(launch)}</script>
<script type="application/json" id="lectern-words">${jsonInHtml(wordsFor(launch.language))}</script>
<script src="${scripts.course}" defer></script>
<script src="${scripts.player}" defer></script>
</body>
</html>
`);
}

/**
 * What the page may load: its own files, and nothing else but the LRS that it reports to. Style attributes are allowed,
 * because the theme is one; they cannot load anything from elsewhere either.
 */
function contentSecurityPolicy({ report }: LaunchSettings): string {
  const directives = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'media-src': "'self' blob:",
    'connect-src': report === undefined ? "'none'" : new URL(report.endpoint).origin,
    'base-uri': "'none'",
    'form-action': "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}

/** JSON that cannot end the script element it stands in. */
const jsonInHtml = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');
