import sanitizeHtml from 'sanitize-html';
import type { Sanitised } from './sanitise-svg.js';

const ACTIVE_ELEMENTS = new Set(['script', 'iframe', 'object', 'embed', 'form', 'base', 'link']);

/** Keeps the text and structure of an HTML document; what runs or reaches out is named, so that the file can be refused. */
export function sanitiseHtml(source: string): Sanitised {
  const activeContent = new Set<string>();
  const text = sanitizeHtml(source, {
    allowedTags: [...sanitizeHtml.defaults.allowedTags, 'html', 'head', 'body', 'title', 'main', 'article', 'img'],
    allowedAttributes: {
      '*': ['lang', 'dir', 'title', 'id', 'colspan', 'rowspan', 'scope'],
      a: ['href'],
      img: ['src', 'alt'],
    },
    allowedSchemes: ['https', 'mailto'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    onOpenTag: (name, attributes) => noteActive(name, attributes, activeContent),
  });
  return { text: `<!doctype html>\n${text.trim()}\n`, activeContent: [...activeContent] };
}

function noteActive(name: string, attributes: Record<string, string>, found: Set<string>): void {
  if (ACTIVE_ELEMENTS.has(name)) found.add(`the element <${name}>`);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (/^on/iu.test(attribute)) found.add(`the attribute ${attribute}`);
    if (/^\s*(?:javascript|vbscript):/iu.test(value)) found.add(`a script in the attribute ${attribute}`);
  }
}
