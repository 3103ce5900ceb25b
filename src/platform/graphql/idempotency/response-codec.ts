/** U+0000 never passes the border (see input.pipe.ts), so no content can look like this. */
const DATE = '\u0000date';

/** Plain data as JSON, with dates told apart from the strings they look like. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, name: string, shown: unknown) {
    // JSON.stringify has turned a date into text by now; its owner still has the date itself.
    const original = this[name];
    return original instanceof Date ? { [DATE]: shown } : shown;
  });
}

/** Reads what {@link toJson} wrote. */
export function fromJson(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => (isDate(value) ? new Date(value[DATE]) : value));
}

function isDate(value: unknown): value is { [DATE]: string } {
  return typeof value === 'object' && value !== null && DATE in value && Object.keys(value).length === 1;
}
