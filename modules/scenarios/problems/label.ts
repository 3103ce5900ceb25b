/** What an author calls a part of a scenario, for messages. */
import type { ScenarioNode } from '../../../exporters/document/index.js';
import type { Exit } from '../graph/situation-graph.js';

const MAX_LENGTH = 60;

function quoted(text: string): string {
  const [first = ''] = text.trim().split('\n');
  return first.length > MAX_LENGTH ? `"${first.slice(0, MAX_LENGTH).trimEnd()}…"` : `"${first}"`;
}

function wordsAt(node: ScenarioNode): string {
  switch (node.kind) {
    case 'scene':
      return node.title ?? node.body;
    case 'message':
      return `${node.sender}: ${node.body}`;
    case 'social-post':
      return `${node.author.name}: ${node.text}`;
    case 'decision':
      return node.prompt;
    case 'ending':
      return node.title;
  }
}

/** Such as `choice "I would wait."` */
export function labelOf(part: ScenarioNode | Exit): string {
  if (part.kind === 'choice') return `choice ${quoted(part.text)}`;
  if (part.kind === 'edge') return `edge to ${part.target}`;
  return `${part.kind} ${quoted(wordsAt(part))}`;
}
