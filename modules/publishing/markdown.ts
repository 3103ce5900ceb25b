import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';

// Raw HTML is text, and pictures are blocks of their own: an image in a text would be a request to the outside.
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable('image');

// The player gives a lesson its first and second heading; those of a text come below them.
const headings = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' };

const outwardLink = (_tag: string, attributes: sanitizeHtml.Attributes): sanitizeHtml.Tag => ({
  tagName: 'a',
  attribs: { ...attributes, target: '_blank', rel: 'noopener noreferrer' },
});

/** Renders Markdown to HTML that is safe to show as it is: no script, no style, no request to the outside. */
export function renderMarkdown(source: string): string {
  return sanitizeHtml(markdown.render(source), {
    allowedTags: ['p', 'br', 'strong', 'em', 's', 'code', 'pre', 'blockquote', 'ul', 'ol', 'li', 'a', 'hr', 'h3', 'h4', 'h5', 'h6',
      'table', 'thead', 'tbody', 'tr', 'th', 'td'], // oxfmt-ignore
    allowedAttributes: { a: ['href', 'target', 'rel'], ol: ['start'] },
    allowedSchemes: ['https', 'http', 'mailto', 'tel'],
    allowProtocolRelative: false,
    transformTags: { a: outwardLink, ...headings },
  }).trim();
}
