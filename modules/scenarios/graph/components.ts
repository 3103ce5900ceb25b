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
  const met: number[] = [];
  const low: number[] = [];
  const pending: number[] = [];
  const isPending = new Set<number>();
  const components: Component[] = [];
  let count = 0;

  const lower = (place: number, to: number | undefined) => {
    low[place] = Math.min(low[place] ?? Infinity, to ?? Infinity);
  };
  const enter = (place: number) => {
    met[place] = low[place] = count++;
    pending.push(place);
    isPending.add(place);
    return { place, next: 0 };
  };
  const close = (place: number) => {
    const members = pending.splice(pending.lastIndexOf(place)).reverse();
    for (const member of members) isPending.delete(member);
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
      if (parent !== undefined) lower(parent.place, low[place]);
    } else if (met[to] === undefined) {
      descent.push(enter(to));
    } else if (isPending.has(to)) {
      lower(place, met[to]);
    }
  }
  return components;
}
