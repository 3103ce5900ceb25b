/** The columns in which PostgreSQL answers what is measured, and how they are read. */
import type { Bin, Measures, WantedMeasures } from './aggregate.js';

/** A row of measures: numbers by column, null where there is nothing to measure. */
export type MeasureRow = Readonly<Record<string, number | null>>;

const SCORES = {
  scores: 'count(m.scaled)',
  average: 'avg(m.scaled)',
  min: 'min(m.scaled)',
  max: 'max(m.scaled)',
};

const SUCCESSES = {
  successes: 'count(*) FILTER (WHERE m.success)',
  failures: 'count(*) FILTER (WHERE NOT m.success)',
};

/** Columns over rows `m` of actor, activity, scaled, duration_ms and success, and of person when persons are counted. */
export function measureColumns(wanted: WantedMeasures): string {
  const columns: Record<string, string> = {
    count: 'count(*)',
    ...(wanted.scaled && SCORES),
    ...(wanted.successRate && SUCCESSES),
    ...(wanted.averageSeconds && { seconds: 'avg(m.duration_ms) / 1000' }),
    ...(wanted.distinctActors && { actors: 'count(DISTINCT m.actor)' }),
    ...(wanted.distinctPersons && { persons: 'count(DISTINCT m.person)' }),
    ...(wanted.distinctActivities && { activities: 'count(DISTINCT m.activity)' }),
    ...(wanted.median && { median: 'percentile_cont(0.5) WITHIN GROUP (ORDER BY m.scaled)' }),
    ...binColumns('scaled', 'm.scaled', wanted.scaledBounds, 1),
    ...binColumns('seconds', 'm.duration_ms', wanted.secondsBounds, 1_000),
  };
  return Object.entries(columns)
    .map(([name, expression]) => `(${expression})::double precision AS "${name}"`)
    .join(', ');
}

export function measuresOf(row: MeasureRow, wanted: WantedMeasures): Measures {
  const column = (name: string): number | undefined => row[name] ?? undefined;
  const count = (name: string): number => row[name] ?? 0;
  const decided = count('successes') + count('failures');
  return {
    count: count('count'),
    distinctActors: column('actors'),
    distinctPersons: column('persons'),
    distinctActivities: column('activities'),
    scaled: {
      count: count('scores'),
      average: column('average'),
      min: column('min'),
      max: column('max'),
      median: column('median'),
    },
    successRate: decided === 0 ? undefined : count('successes') / decided,
    averageSeconds: column('seconds'),
    scaledHistogram: binsOf('scaled', wanted.scaledBounds, row),
    secondsHistogram: binsOf('seconds', wanted.secondsBounds, row),
  };
}

/** What is measured where there are no statements. */
export const noMeasures = (wanted: WantedMeasures): Measures => ({
  ...measuresOf({}, wanted),
  distinctActors: 0,
  distinctPersons: 0,
  distinctActivities: 0,
});

/** The bounds are numbers that were validated, so they may stand in the text. */
function binColumns(
  name: string,
  value: string,
  bounds: readonly number[] | undefined,
  factor: number,
): Record<string, string> {
  if (!bounds) return {};
  const edges = bounds.map((bound) => `${bound * factor}::double precision`);
  const conditions = Array.from({ length: edges.length + 1 }, (_, index) =>
    [index > 0 ? `${value} >= ${edges[index - 1]}` : '', index < edges.length ? `${value} < ${edges[index]}` : '']
      .filter(Boolean)
      .join(' AND '),
  );
  return Object.fromEntries(
    conditions.map((condition, index) => [`${name}_${index}`, `count(*) FILTER (WHERE ${condition})`]),
  );
}

function binsOf(name: string, bounds: readonly number[] | undefined, row: MeasureRow): Bin[] | undefined {
  if (!bounds) return undefined;
  return Array.from({ length: bounds.length + 1 }, (_, index) => ({
    from: bounds[index - 1],
    to: bounds[index],
    count: row[`${name}_${index}`] ?? 0,
  }));
}
