/** An element with its attributes in their order, and either one text or child elements. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly XmlElement[];
}

/** Makes an element. Attributes without a value are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content: XmlElement['content'] = [],
): XmlElement {
  const given = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { name, attributes: Object.fromEntries(given), content };
}

/**
 * Writes a document in UTF-8, indented by two blanks. Every character is written as it is but `& < > "`: Moodle escapes
 * numeric character references once more.
 *
 * @throws XmlRefused for a name or a character that XML 1.0 cannot hold.
 */
export function xmlDocument(root: XmlElement): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`);
}

/** What was to be written is not XML. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

function write({ name, attributes, content }: XmlElement, indent: string): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${checkedName(key)}="${escapeXml(value)}"`);
  const start = `${indent}<${checkedName(name)}${pairs.join('')}`;
  if (content.length === 0) return `${start}/>\n`;
  if (typeof content === 'string') return `${start}>${escapeXml(content)}</${name}>\n`;
  return `${start}>\n${content.map((child) => write(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}

// ASCII is enough for the names of the standards.
const NAME = /^[A-Za-z_][A-Za-z0-9._-]*(:[A-Za-z_][A-Za-z0-9._-]*)?$/;

function checkedName(name: string): string {
  if (!NAME.test(name)) throw new XmlRefused(`${JSON.stringify(name)} is not a name in XML.`);
  return name;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// No control character but tab and line feed (XML 1.0 2.2 allows some more; a parser would read a carriage return as a
// line feed, 2.11), no surrogate on its own, not U+FFFE and U+FFFF.
const NOT_IN_XML = /[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/u;

/**
 * A text as it stands between tags or in double quotes; the same works in HTML.
 *
 * @throws XmlRefused for a character that XML 1.0 cannot hold.
 */
export function escapeXml(text: string): string {
  const refused = NOT_IN_XML.exec(text)?.[0];
  if (refused !== undefined) {
    const code = refused.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    throw new XmlRefused(`XML cannot hold the character U+${code}.`);
  }
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
