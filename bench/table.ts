import { isReached, type Row } from './row.js';

/** A figure as a line of console.table. */
export function shown(row: Row): [string, Record<string, string>] {
  const { what, ours, bare, unit, ratio, wanted, bound = 'at least' } = row;
  const columns = {
    ours: `${figure(ours)} ${unit}`,
    bare: bare === undefined ? '' : `${figure(bare)} ${unit}`,
    ratio: ratio === undefined ? '' : ratio.toFixed(2),
    wanted: wanted === undefined ? '' : `${bound} ${Number(wanted.toPrecision(3))}`,
    reached: wanted === undefined ? '' : isReached(row) ? 'yes' : 'NO',
  };
  return [what, columns];
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toString() : value.toPrecision(3);
}
