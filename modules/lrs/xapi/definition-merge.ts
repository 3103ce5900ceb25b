/** What becomes of an activity's definition when a statement brings another one (Data 2.4.4.1; Comm 2.5). */
import { mergeObjects, withoutMembers } from './json-merge.js';
import type { MemberMerge } from './json-merge.js';
import { elementsOf } from './json-text.js';

/** They belong to one interactionType, and make no sense with another. */
const OF_THE_INTERACTION = ['correctResponsesPattern', 'choices', 'scale', 'source', 'target', 'steps'];

/**
 * Everything that either of them tells. Where both tell something, the later wins: language by language in maps, component
 * by component in lists of an interaction, key by key in extensions, as a whole in anything else.
 *
 * @param known JSON of a definition
 * @param sent JSON of the definition that came later
 */
export function mergeDefinitions(known: string, sent: string): string {
  const before = interactionOf(known);
  const now = interactionOf(sent);
  const another = before !== undefined && now !== undefined && before !== now;
  return mergeObjects(another ? withoutMembers(known, OF_THE_INTERACTION) : known, sent, mergeMember);
}

const interactionOf = (definition: string) => (JSON.parse(definition) as { interactionType?: string }).interactionType;

const mergeMember: MemberMerge = (name, known, sent) => {
  switch (name) {
    case 'name':
    case 'description':
    case 'extensions':
      return mergeObjects(known, sent);
    case 'choices':
    case 'scale':
    case 'source':
    case 'target':
    case 'steps':
      return mergeComponents(known, sent);
    default:
      return sent;
  }
};

function mergeComponents(known: string, sent: string): string {
  const merged = componentTexts(known);
  for (const [id, component] of componentTexts(sent)) {
    const before = merged.get(id);
    merged.set(id, before === undefined ? component : mergeObjects(before, component, mergeMember));
  }
  return `[${[...merged.values()].join(',')}]`;
}

function componentTexts(list: string): Map<string, string> {
  const texts = elementsOf(list).map(({ start, end }) => list.slice(start, end));
  return new Map(texts.map((text) => [(JSON.parse(text) as { id: string }).id, text]));
}
