/** Where the text of a statement has its agents, verbs and activities: what the forms of statements differ in (Comm 2.1.3). */
import { elementsOf, memberNamed, membersOf, stringAt } from './json-text.js';
import type { Member, Span } from './json-text.js';

/** An Agent or Group, a verb, or an activity, wherever the statement or its SubStatement has one. */
export interface OutlinedPart {
  readonly kind: 'actor' | 'verb' | 'activity';
  readonly span: Span;
  readonly members: readonly Member[];
}

/** The text of a stored statement, and its parts in the order of the text. */
export interface Outline {
  readonly text: string;
  readonly parts: readonly OutlinedPart[];
}

/** @param text JSON of a valid statement */
export function outlineOf(text: string): Outline {
  const outliner = new Outliner(text);
  outliner.addBody(membersOf(text, { start: text.indexOf('{'), end: text.lastIndexOf('}') + 1 }));
  return { text, parts: outliner.parts };
}

/** The id of a verb or an activity. */
export const idOf = (text: string, { members }: OutlinedPart): string =>
  stringAt(text, memberNamed(members, 'id')!.value);

class Outliner {
  readonly parts: OutlinedPart[] = [];

  constructor(private readonly text: string) {}

  addBody(members: readonly Member[]): void {
    for (const { name, value } of members) {
      if (name === 'actor' || name === 'authority') this.add('actor', value);
      else if (name === 'verb') this.add('verb', value);
      else if (name === 'object') this.addObject(value);
      else if (name === 'context') this.addContext(value);
    }
  }

  private add(kind: OutlinedPart['kind'], span: Span, members = membersOf(this.text, span)): void {
    this.parts.push({ kind, span, members });
  }

  private addObject(span: Span): void {
    const members = membersOf(this.text, span);
    const objectType = memberNamed(members, 'objectType');
    switch (objectType && stringAt(this.text, objectType.value)) {
      case 'StatementRef':
        return;
      case 'SubStatement':
        this.addBody(members);
        return;
      case 'Agent':
      case 'Group':
        this.add('actor', span, members);
        return;
      default:
        this.add('activity', span, members);
    }
  }

  private addContext(span: Span): void {
    for (const { name, value } of membersOf(this.text, span)) {
      if (name === 'instructor' || name === 'team') this.add('actor', value);
      else if (name === 'contextAgents') this.addRelated(value, 'agent');
      else if (name === 'contextGroups') this.addRelated(value, 'group');
      else if (name === 'contextActivities') this.addContextActivities(value);
    }
  }

  private addRelated(list: Span, name: 'agent' | 'group'): void {
    for (const element of elementsOf(this.text, list.start)) {
      this.add('actor', memberNamed(membersOf(this.text, element), name)!.value);
    }
  }

  private addContextActivities(span: Span): void {
    for (const { value } of membersOf(this.text, span)) {
      const isList = this.text[value.start] === '[';
      for (const activity of isList ? elementsOf(this.text, value.start) : [value]) this.add('activity', activity);
    }
  }
}
