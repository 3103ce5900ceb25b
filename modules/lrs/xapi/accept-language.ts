/** What a reader prefers (RFC 2616 14.1, 14.4), and which language of a language map that is (Comm 2.1.3). */
import type { LanguageMap } from './statement.js';

interface Preference {
  /** In lower case: a language or a media type; `*` is any. */
  readonly range: string;
  /** 0 to 1; 0 is "not acceptable". */
  readonly quality: number;
}

/** In the reader's order of preference. */
export type Preferences = readonly Preference[];

const LANGUAGES = /^\s*([a-z0-9-]+|\*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$/i;
/** Parameters of a media type, and what may come after its quality, mean nothing here. */
const MEDIA_TYPES =
  /^\s*([\w!#$&^.+*-]+\/[\w!#$&^.+*-]+)\s*(?:;(?!\s*q\s*=)[^;]*)*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;.*)?)?$/i;

/** Reads Accept-Language; what is malformed in it is skipped. */
export const parseAcceptLanguage = (header: string | undefined): Preferences => parsePreferences(header, LANGUAGES);

/** Reads Accept in the same way. */
export const parseAccept = (header: string | undefined): Preferences => parsePreferences(header, MEDIA_TYPES);

function parsePreferences(header: string | undefined, form: RegExp): Preferences {
  return (header ?? '')
    .split(',')
    .flatMap((item): Preference[] => {
      const [, range, quality] = form.exec(item) ?? [];
      return range === undefined ? [] : [{ range: range.toLowerCase(), quality: Math.min(1, Number(quality ?? 1)) }];
    })
    .sort((one, other) => other.quality - one.quality);
}

/** The map with the one entry that the reader prefers, or with its first when nothing is acceptable; an empty map stays. */
export function inOneLanguage(map: LanguageMap, preferences: Preferences): LanguageMap {
  const tags = Object.keys(map);
  const chosen = preferredTag(tags, preferences) ?? tags[0];
  return chosen === undefined ? map : { [chosen]: map[chosen] as string };
}

/** Undefined when the reader accepts none of them. */
export function preferredTag(tags: readonly string[], preferences: Preferences): string | undefined {
  const refused = preferences.filter(({ quality }) => quality === 0);
  const acceptable = tags.filter((tag) => !refused.some(({ range }) => range !== '*' && covers(range, tag)));
  for (const { range } of preferences.filter(({ quality }) => quality > 0)) {
    const tag = range === '*' ? acceptable[0] : acceptable.find((candidate) => covers(range, candidate));
    if (tag !== undefined) return tag;
  }
  return acceptable[0];
}

/** `en` covers en and en-GB (RFC 2616 14.4). */
function covers(range: string, tag: string): boolean {
  const lower = tag.toLowerCase();
  return lower === range || lower.startsWith(`${range}-`);
}
