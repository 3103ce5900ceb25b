import { RE2JS } from 're2js';

export const MAXIMUM_PATTERN_LENGTH = 500;

/**
 * A regular expression that takes linear time. JavaScript's own may need hours for 30 characters, and patterns come
 * from whoever uploads a profile, texts from whoever sends statements.
 */
export class LinearRegExp {
  private readonly compiled: RE2JS;

  /** @throws Error for what RE2 does not have (back-references, look-around), and for patterns that are too long */
  constructor(private readonly source: string) {
    if (source.length > MAXIMUM_PATTERN_LENGTH) {
      throw new Error(`A pattern may have ${MAXIMUM_PATTERN_LENGTH} characters.`);
    }
    this.compiled = RE2JS.compile(RE2JS.translateRegExp(source));
  }

  /** Matching takes time in proportion to this times the length of the text. */
  get size(): number {
    return this.compiled.programSize();
  }

  test(text: string): boolean {
    return this.compiled.matcher(text).find();
  }

  toString(): string {
    return `/${this.source}/`;
  }
}
