/** How long texts take to read, and with them the nodes of a scenario. */
import type { ScenarioNode } from '../../../exporters/document/index.js';
import type { Exit, SituationGraph } from '../graph/situation-graph.js';

/** Silent reading of plain prose by adults is about 240 words a minute; training is read with more care. */
const WORDS_PER_SECOND = 200 / 60;

// Scripts that are written without blanks: readers take in about two characters in the time of one word.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’.,-]*/gu;
// Addresses of links and pictures, and tags: there, but not read.
const UNREAD = /\]\([^)]*\)|<[^>]*>/gu;

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** Words of a text, be it plain, Markdown or HTML. */
export function wordsOf(text: string): number {
  const read = text.replace(UNREAD, ' ');
  return count(read.replace(UNSPACED, ' '), WORD) + count(read, UNSPACED) / 2;
}

/** Seconds that the texts take to read. */
const readingSeconds = (texts: readonly (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + wordsOf(text ?? ''), 0) / WORDS_PER_SECOND;

/** Seconds to read what a node shows. */
function secondsAtNode(node: ScenarioNode): number {
  switch (node.kind) {
    case 'scene':
      return readingSeconds([node.title, node.body]);
    case 'message':
      return readingSeconds([node.sender, node.body]);
    case 'social-post':
      return readingSeconds([node.author.name, node.text, ...(node.replies ?? []).map(({ text }) => text)]);
    case 'decision':
      return readingSeconds([node.prompt]);
    case 'ending':
      return readingSeconds([node.title, node.body, node.debrief]);
  }
}

/** How long the learner reads in each situation, and on leaving it. */
export interface ReadingTimes {
  /** Seconds for the node's texts and for the choices that are open. */
  at(place: number): number;
  /** Seconds for the feedback of a choice. */
  after(exit: Exit): number;
}

// Many situations show the same text: it is measured once.
function measuredOnce<T extends object>(measure: (one: T) => number): (one: T) => number {
  const known = new Map<T, number>();
  return (one) => {
    const seconds = known.get(one) ?? measure(one);
    known.set(one, seconds);
    return seconds;
  };
}

export function readingTimesOf({ situations }: SituationGraph): ReadingTimes {
  const atNode = measuredOnce(secondsAtNode);
  const ofChoice = measuredOnce<Exit>((exit) => (exit.kind === 'choice' ? readingSeconds([exit.text]) : 0));
  const seconds = situations.map(({ node, ways }) =>
    ways.reduce((sum, { exit }) => sum + ofChoice(exit), atNode(node)),
  );
  return {
    at: (place) => seconds[place] ?? 0,
    after: measuredOnce<Exit>((exit) => (exit.kind === 'choice' ? readingSeconds([exit.feedback]) : 0)),
  };
}
