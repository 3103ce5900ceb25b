import sanitizeHtml from 'sanitize-html';

/** What was found that runs or reaches out; a file with any of it is refused, not silently changed. */
export interface Sanitised {
  readonly text: string;
  readonly activeContent: readonly string[];
}

const ELEMENTS = [
  'svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon',
  'text', 'tspan', 'textPath', 'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'pattern', 'marker', 'image',
  'filter', 'feBlend', 'feColorMatrix', 'feComposite', 'feDropShadow', 'feFlood', 'feGaussianBlur', 'feMerge', 'feMergeNode',
  'feOffset', 'switch', 'style',
]; // oxfmt-ignore

const ACTIVE_ELEMENTS = new Set(['script', 'foreignobject', 'iframe', 'object', 'embed', 'handler']);

// Style sheets and presentation attributes may point inside the file or at embedded pictures, nowhere else.
const OUTSIDE_URL = /@import|url\(\s*['"]?\s*(?!#|data:image\/(?:png|jpeg|gif)[;,])/iu;
const INSIDE_REFERENCE = /^(?:#|data:image\/(?:png|jpeg|gif);base64,)/u;

/** Keeps the drawing of an SVG and drops the rest (editors' metadata, comments, unknown elements). */
export function sanitiseSvg(source: string): Sanitised {
  const activeContent = new Set<string>();
  if (/<!ENTITY/iu.test(source)) activeContent.add('an entity declaration');
  if (OUTSIDE_URL.test(source)) activeContent.add('a style that loads something from outside');
  const text = sanitizeHtml(source, {
    allowedTags: ELEMENTS,
    disallowedTagsMode: 'completelyDiscard',
    allowVulnerableTags: true,
    allowedAttributes: { '*': ['*'] },
    allowedSchemes: ['data'],
    allowedSchemesAppliedToAttributes: ['href', 'xlink:href'],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false, decodeEntities: true },
    selfClosing: [],
    parseStyleAttributes: false,
    onOpenTag: (name, attributes) => noteActive(name, attributes, activeContent),
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: harmless(attribs) }) },
  });
  return { text: text.trim(), activeContent: [...activeContent] };
}

function noteActive(name: string, attributes: Record<string, string>, found: Set<string>): void {
  if (ACTIVE_ELEMENTS.has(name.toLowerCase().replace(/^.*:/u, ''))) found.add(`the element <${name}>`);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (/^on/iu.test(attribute)) found.add(`the attribute ${attribute}`);
    if (/^\s*(?:javascript|vbscript):/iu.test(value)) found.add(`a script in the attribute ${attribute}`);
    if (/^(?:xlink:)?href$/u.test(attribute) && !INSIDE_REFERENCE.test(value))
      found.add(`a reference to ${value.slice(0, 80)}`);
  }
}

// Namespaces of editors (inkscape:*, sodipodi:*) mean nothing to a browser.
const harmless = (attributes: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(attributes).filter(
      ([name]) => !name.includes(':') || /^(?:xlink:href|xml:(?:space|lang)|xmlns:xlink)$/u.test(name),
    ),
  );
