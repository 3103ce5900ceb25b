/**
 * The forms in which statements are returned besides the exact one (Comm 2.1.3, parameter `format`). They are made on the
 * text: parsed and written again, numbers would lose the digits that doubles have no room for.
 */
import { preferredTag } from './accept-language.js';
import type { Preferences } from './accept-language.js';
import { elementsOf, memberNamed, membersOf, stringAt, wholeOf } from './json-text.js';
import type { Member, Span } from './json-text.js';
import { idOf } from './outline.js';
import type { Outline, OutlinedPart } from './outline.js';
import { edited } from './text-edits.js';
import type { Edit } from './text-edits.js';

/** `format=ids`: of agents, groups, activities and verbs only what identifies them. */
export const toIds = ({ text, parts }: Outline): string =>
  edited(
    text,
    { start: 0, end: text.length },
    parts.map((part) => replaced(part.span, onlyIds(text, part))),
  );

/** JSON texts of what the LRS knows of activities and verbs from all statements; undefined of those it knows nothing of. */
export interface KnownDefinitions {
  readonly definitionOf: (activityId: string) => string | undefined;
  readonly displayOf: (verbId: string) => string | undefined;
}

export const NOTHING_KNOWN: KnownDefinitions = { definitionOf: () => undefined, displayOf: () => undefined };

/** What {@link CanonicalForm} asks for. */
export function identifiedIn(outlines: readonly Outline[]): { activities: Set<string>; verbs: Set<string> } {
  const activities = new Set<string>();
  const verbs = new Set<string>();
  for (const { text, parts } of outlines) {
    for (const part of parts) {
      if (part.kind === 'verb') verbs.add(idOf(text, part));
      else if (part.kind === 'activity') activities.add(idOf(text, part));
    }
  }
  return { activities, verbs };
}

/**
 * `format=canonical`: activities and verbs as the LRS knows them, whether the statement defines them or not, and of each of
 * their language maps the one language that the reader prefers.
 */
export class CanonicalForm {
  /** Statements of a list speak of the same things again and again. */
  private readonly definitions = new Map<string, string | undefined>();
  private readonly displays = new Map<string, string | undefined>();

  constructor(
    private readonly preferences: Preferences,
    private readonly known: KnownDefinitions = NOTHING_KNOWN,
  ) {}

  of({ text, parts }: Outline): string {
    const edits = parts.flatMap((part) => {
      if (part.kind === 'actor') return [];
      const name = part.kind === 'verb' ? 'display' : 'definition';
      const own = memberNamed(part.members, name)?.value;
      const value = this.knownIn(text, part) ?? (own && this.inOneLanguage(name, text.slice(own.start, own.end)));
      return value === undefined ? [] : [own ? replaced(own, value) : appended(part.span, `,"${name}":${value}`)];
    });
    return edited(text, { start: 0, end: text.length }, edits);
  }

  private knownIn(text: string, part: OutlinedPart): string | undefined {
    const id = idOf(text, part);
    const isVerb = part.kind === 'verb';
    const reduced = isVerb ? this.displays : this.definitions;
    if (reduced.has(id)) return reduced.get(id);
    const whole = isVerb ? this.known.displayOf(id) : this.known.definitionOf(id);
    const value = whole === undefined ? undefined : this.inOneLanguage(isVerb ? 'display' : 'definition', whole);
    reduced.set(id, value);
    return value;
  }

  private inOneLanguage(name: 'display' | 'definition', text: string): string {
    const span = wholeOf(text);
    return name === 'display' ? this.mapInOne(text, span) : edited(text, span, this.editsOf(text, span));
  }

  private editsOf(text: string, definition: Span): Edit[] {
    return membersOf(text, definition).flatMap(({ name, value }): Edit[] => {
      switch (name) {
        case 'name':
        case 'description':
          return [replaced(value, this.mapInOne(text, value))];
        case 'choices':
        case 'scale':
        case 'source':
        case 'target':
        case 'steps':
          // A component has no map but its description, and of the names above no other.
          return elementsOf(text, value.start).flatMap((component) => this.editsOf(text, component));
        default:
          return [];
      }
    });
  }

  /** The map with the one entry that the reader prefers, or with its first when nothing is acceptable; an empty map stays. */
  private mapInOne(text: string, map: Span): string {
    const entries = membersOf(text, map);
    const tag = preferredTag(
      entries.map(({ name }) => name),
      this.preferences,
    );
    const chosen = tag === undefined ? entries[0] : memberNamed(entries, tag);
    return chosen ? `{${written(text, chosen)}}` : text.slice(map.start, map.end);
  }
}

const IDENTIFIERS = ['mbox', 'mbox_sha1sum', 'openid', 'account'];

function onlyIds(text: string, { kind, members }: OutlinedPart): string {
  return kind === 'actor' ? onlyIdentifier(text, members) : `{${written(text, memberNamed(members, 'id')!)}}`;
}

function onlyIdentifier(text: string, members: readonly Member[]): string {
  const objectType = memberNamed(members, 'objectType');
  const type = objectType ? stringAt(text, objectType.value) : 'Agent';
  const identifier = members.find(({ name }) => IDENTIFIERS.includes(name));
  const member = identifier ? undefined : memberNamed(members, 'member');
  const anonymous =
    member &&
    `"member":[${elementsOf(text, member.value.start).map((one) => onlyIdentifier(text, membersOf(text, one)))}]`;
  return `{${[`"objectType":"${type}"`, identifier && written(text, identifier), anonymous].filter(Boolean).join(',')}}`;
}

/** A member as the text has it, without the blanks around it. */
const written = (text: string, { label, value }: Member): string =>
  `${text.slice(label.start, label.end)}:${text.slice(value.start, value.end)}`;

const replaced = ({ start, end }: Span, insert: string): Edit => ({ at: start, until: end, insert });

/** Before the brace that ends an object. */
const appended = ({ end }: Span, insert: string): Edit => ({ at: end - 1, until: end - 1, insert });
