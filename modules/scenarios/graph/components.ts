/** Strongly connected components: the loops of a graph, and an order in which everything comes after what it leads to. */
import type { SituationGraph } from './situation-graph.js';

export interface Component {
  /** Places of the situations, those met last first. */
  readonly members: readonly number[];
  /** Whether a way leads from the component back into it. */
  readonly loops: boolean;
}

/** R. E. Tarjan's algorithm (1972), without recursion: a hostile scenario may be 20,000 situations deep. */
export function componentsOf({ situations }: SituationGraph): Component[] {
  // 0 stands for "not met yet".
  const met = new Int32Array(situations.length);
  const low = new Int32Array(situations.length);
  const isPending = new Uint8Array(situations.length);
  const pending: number[] = [];
  const components: Component[] = [];
  let count = 0;

  const lower = (place: number, to: number) => {
    low[place] = Math.min(low[place] ?? to, to);
  };
  const enter = (place: number) => {
    met[place] = low[place] = ++count;
    pending.push(place);
    isPending[place] = 1;
    return { place, next: 0 };
  };
  const close = (place: number) => {
    const members = pending.splice(pending.lastIndexOf(place)).reverse();
    for (const member of members) isPending[member] = 0;
    const loops = members.length > 1 || (situations[place]?.ways.some(({ to }) => to === place) ?? false);
    components.push({ members, loops });
  };

  // Every situation was found from the first, so one descent meets them all.
  const descent = situations.length > 0 ? [enter(0)] : [];
  for (let top = descent.at(-1); top !== undefined; top = descent.at(-1)) {
    const { place } = top;
    const to = situations[place]?.ways[top.next++]?.to;
    if (to === undefined) {
      descent.pop();
      if (low[place] === met[place]) close(place);
      const parent = descent.at(-1);
      if (parent !== undefined) lower(parent.place, low[place] ?? count);
    } else if (met[to] === 0) {
      descent.push(enter(to));
    } else if (isPending[to] === 1) {
      lower(place, met[to] ?? count);
    }
  }
  return components;
}
