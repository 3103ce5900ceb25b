import canonicalize from 'canonicalize';
import { elementsOf, type CourseDocument, type ElementType, type FlatElement } from '../../exporters/document/index.js';

export type ChangeType = 'ADDED' | 'REMOVED' | 'MOVED' | 'CHANGED';

/** A field that differs; values are JSON, undefined where the field is not there. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What became of one element from one version to another. */
export interface ElementChange {
  readonly elementId: string;
  readonly elementType: ElementType | 'course';
  readonly kind: string | undefined;
  /** What a person would call it: its title, text or prompt, shortened. */
  readonly label: string;
  readonly changes: readonly ChangeType[];
  readonly fields: readonly FieldChange[];
}

type ComparedDocument = Omit<CourseDocument, 'version'>;

/**
 * What differs between two documents of one course, by element id: in the order of the newer one, then what was removed.
 * An element counts as moved when its parent differs, or its order among the siblings that both versions have.
 */
export function compareDocuments(before: ComparedDocument, after: ComparedDocument): ElementChange[] {
  const old = new Map(elementsOf(before.sections).map((element) => [element.id, element]));
  const current = new Map(elementsOf(after.sections).map((element) => [element.id, element]));
  const moved = movedIds(old, current);
  const changes = [courseChange(before, after)];
  for (const element of current.values()) {
    const was = old.get(element.id);
    changes.push(was === undefined ? whole(element, 'ADDED') : difference(was, element, moved.has(element.id)));
  }
  for (const element of old.values()) if (!current.has(element.id)) changes.push(whole(element, 'REMOVED'));
  return changes.filter(({ changes: types }) => types.length > 0);
}

function courseChange(before: ComparedDocument, after: ComparedDocument): ElementChange {
  const fields = fieldChanges(ownFields(before), ownFields(after));
  return {
    elementId: after.id,
    elementType: 'course',
    kind: undefined,
    label: after.title,
    changes: fields.length > 0 ? ['CHANGED'] : [],
    fields,
  };
}

const ownFields = ({
  sections: _sections,
  slots: _slots,
  contentHash: _hash,
  ...rest
}: ComparedDocument): Record<string, unknown> => {
  const { version: _version, assets, ...fields } = rest as Partial<CourseDocument>;
  return { ...fields, assets };
};

function difference(was: FlatElement, element: FlatElement, isMoved: boolean): ElementChange {
  const fields = fieldChanges(was.content, element.content);
  const changes: ChangeType[] = [
    ...(isMoved ? ['MOVED' as const] : []),
    ...(fields.length > 0 ? ['CHANGED' as const] : []),
  ];
  return { ...described(element), changes, fields };
}

const whole = (element: FlatElement, change: ChangeType): ElementChange => ({
  ...described(element),
  changes: [change],
  fields: [],
});

function described({
  id,
  type,
  content,
}: FlatElement): Pick<ElementChange, 'elementId' | 'elementType' | 'kind' | 'label'> {
  const words = ['title', 'text', 'prompt', 'name', 'body', 'front']
    .map((field) => content[field])
    .find((value) => typeof value === 'string');
  const kind = content['kind'];
  return {
    elementId: id,
    elementType: type,
    kind: typeof kind === 'string' ? kind : undefined,
    label: (words ?? '')
      .replace(/<[^>]*>/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
      .slice(0, 80),
  };
}

function fieldChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields
    .map((field) => ({ field, before: canonicalize(before[field]), after: canonicalize(after[field]) }))
    .filter((change) => change.before !== change.after);
}

type Elements = ReadonlyMap<string, FlatElement>;

function movedIds(old: Elements, current: Elements): Set<string> {
  const moved = new Set<string>();
  for (const [id, element] of current) {
    const was = old.get(id);
    if (was !== undefined && was.parentId !== element.parentId) moved.add(id);
  }
  for (const siblings of siblingLists(current, (id) => old.has(id) && !moved.has(id))) {
    const stayed = longestIncreasing(siblings.map(({ id }) => old.get(id)?.position ?? 0));
    siblings.forEach(({ id }, index) => {
      if (!stayed.has(index)) moved.add(id);
    });
  }
  return moved;
}

function siblingLists(elements: Elements, wanted: (id: string) => boolean): FlatElement[][] {
  const lists = new Map<string, FlatElement[]>();
  for (const element of elements.values()) {
    if (!wanted(element.id)) continue;
    const key = `${element.parentId ?? ''}/${element.type}`;
    lists.set(key, [...(lists.get(key) ?? []), element]);
  }
  return [...lists.values()];
}

/** The indices of a longest increasing run of numbers: the elements that need not have moved. */
function longestIncreasing(values: readonly number[]): Set<number> {
  const best = values.map(() => ({ length: 1, previous: -1 }));
  values.forEach((value, index) => {
    for (let before = 0; before < index; before += 1) {
      const candidate = (best[before]?.length ?? 0) + 1;
      if ((values[before] ?? 0) < value && candidate > (best[index]?.length ?? 0))
        best[index] = { length: candidate, previous: before };
    }
  });
  const kept = new Set<number>();
  let at = best.reduce((top, { length }, index) => (length > (best[top]?.length ?? 0) ? index : top), 0);
  while (at >= 0 && at < values.length) {
    kept.add(at);
    at = best[at]?.previous ?? -1;
  }
  return kept;
}
