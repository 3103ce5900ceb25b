/** In which form a failure is told: by content negotiation (Comm 3.2; RFC 7231 5.3). */
import { STATUS_CODES } from 'node:http';
import type { Problem } from '../../../src/platform/errors.js';
import { parseAccept } from '../xapi/accept-language.js';
import type { Preferences } from '../xapi/accept-language.js';

/** What an answer says of a failure. */
export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  /** Everything that is wrong, when it is more than one thing. */
  readonly problems?: readonly Problem[];
  /** Under which the log has it. */
  readonly requestId: string;
}

interface ErrorFormat {
  readonly type: string;
  readonly write: (error: ToldError, status: number) => string;
}

/** Among those that a client likes as much, the first. */
const FORMATS: readonly ErrorFormat[] = [
  { type: 'application/json', write: (error) => JSON.stringify({ error }) },
  { type: 'text/plain', write: (error, status) => `${linesOf(error, status).join('\n')}\n` },
  { type: 'text/html', write: page },
];

/** @param accept the header; JSON is for those who do not say, and for those who take none of the three */
export function errorFormatOf(accept: string | undefined): ErrorFormat {
  const preferences = parseAccept(accept);
  const rated = FORMATS.map((format) => ({ format, quality: qualityOf(format.type, preferences) }));
  return rated.reduce((best, one) => (one.quality > best.quality ? one : best)).format;
}

/** The most specific range that has the type tells. */
function qualityOf(type: string, preferences: Preferences): number {
  const [family] = type.split('/') as [string];
  const told = [type, `${family}/*`, '*/*'].map((wanted) => preferences.find(({ range }) => range === wanted));
  return told.find((preference) => preference !== undefined)?.quality ?? 0;
}

function linesOf({ code, message, path, problems, requestId }: ToldError, status: number): string[] {
  const all = problems?.map((problem) => problem.message) ?? [message];
  return [
    `${status} ${STATUS_CODES[status]} (${code})`,
    ...all,
    ...(path.length === 0 ? [] : [`At: ${path.join('.')}`]),
    `Request: ${requestId}`,
  ];
}

function page(error: ToldError, status: number): string {
  const [title, ...lines] = linesOf(error, status).map(escaped);
  const paragraphs = lines.map((line) => `<p>${line}</p>`).join('\n');
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>${title}</title>\n<h1>${title}</h1>\n${paragraphs}\n</html>\n`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
