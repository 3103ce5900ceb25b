import type { TermSketch } from '../fact.js';
import type { LanguageMap } from '../../lrs/index.js';
import { wordsOf } from '../words.js';

/** A term as it is kept. */
export interface Term {
  readonly id: number;
  readonly key: string;
  readonly value: string | undefined;
  readonly names: LanguageMap;
  readonly descriptions: LanguageMap;
  /** Id of the activity's type. */
  readonly type: number | undefined;
}

/** A term that must be written, and the words it is found by; words are undefined where they stay as they are. */
export interface ChangedTerm extends Term {
  readonly words: readonly string[] | undefined;
}

/** More languages of one term are left out. */
const MOST_LANGUAGES = 30;

/**
 * The numbers of terms during one step of the projection. New terms get the next number in the order in which statements
 * name them, so a rebuild gives them the same. What later statements tell of a term is added to what is known.
 */
export class Dictionary {
  private readonly terms = new Map<string, Term>();
  private readonly added = new Set<string>();
  private readonly changed = new Map<string, readonly string[] | undefined>();

  /** @param lastId the last number that was given away */
  constructor(
    known: readonly Term[],
    private last: number,
  ) {
    for (const term of known) this.terms.set(term.key, term);
  }

  get lastId(): number {
    return this.last;
  }

  has(key: string): boolean {
    return this.terms.has(key);
  }

  /** The term's number; a term that nobody told anything about gets one all the same. */
  idOf(key: string): number {
    return (this.terms.get(key) ?? this.add({ key })).id;
  }

  /** The type of an activity as far as it is known by now. */
  typeOf(activity: string): number | undefined {
    return this.terms.get(activity)?.type;
  }

  learn(sketch: TermSketch): void {
    const before = this.terms.get(sketch.key) ?? this.add(sketch);
    const type = sketch.type === undefined ? before.type : this.idOf(sketch.type);
    const after: Term = {
      ...before,
      value: before.value ?? sketch.value,
      names: merged(before.names, sketch.names),
      descriptions: merged(before.descriptions, sketch.descriptions),
      type,
    };
    this.terms.set(sketch.key, after);
    this.note(before, after, sketch);
  }

  /** New ones and changed ones, each as it is now. */
  get toAdd(): ChangedTerm[] {
    return [...this.added].map((key) => this.written(key));
  }

  get toChange(): ChangedTerm[] {
    return [...this.changed.keys()].filter((key) => !this.added.has(key)).map((key) => this.written(key));
  }

  private add({ key }: Pick<TermSketch, 'key'>): Term {
    const term = { id: ++this.last, key, value: undefined, names: {}, descriptions: {}, type: undefined };
    this.terms.set(key, term);
    this.added.add(key);
    return term;
  }

  private note(before: Term, after: Term, { texts = [] }: TermSketch): void {
    const says = after.names !== before.names || after.descriptions !== before.descriptions;
    const first = before.value === undefined && after.value !== undefined;
    if (says || first)
      this.changed.set(after.key, wordsOf([...texts, ...textsOf(after.names), ...textsOf(after.descriptions)]));
    else if (after.type !== before.type && !this.changed.has(after.key)) this.changed.set(after.key, undefined);
  }

  private written(key: string): ChangedTerm {
    return { ...this.terms.get(key)!, words: this.changed.get(key) };
  }
}

const textsOf = (map: LanguageMap): string[] => Object.values(map);

/** The same object when nothing is new. */
function merged(before: LanguageMap, said: LanguageMap = {}): LanguageMap {
  const news = Object.entries(said).filter(
    ([language, text]) => !Object.hasOwn(before, language) || before[language] !== text,
  );
  if (news.length === 0) return before;
  const room = MOST_LANGUAGES - Object.keys(before).length;
  const taken = news.filter(([language], index) => Object.hasOwn(before, language) || index < room);
  return taken.length === 0 ? before : { ...before, ...Object.fromEntries(taken) };
}
