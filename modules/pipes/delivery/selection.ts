/** What of the stream of statements goes through a pipe, with the voidings that belong to it. */
import { isStatementRef, isVoiding, storedAt } from '../../lrs/index.js';
import type { RecordedStatement, Statement } from '../../lrs/index.js';
import type { PipeFilter } from '../pipe.js';
import type { Outgoing } from '../targets/target.js';
import { passesThrough } from './filter.js';

/** Looks up other statements of the organization. */
export interface LookUp {
  withIds(ids: readonly string[]): Promise<RecordedStatement[]>;
  at(positions: readonly string[]): Promise<RecordedStatement[]>;
}

export function outgoingFrom({ position, text }: Pick<RecordedStatement, 'position' | 'text'>): Outgoing {
  const statement = JSON.parse(text) as Statement;
  return { position, text, statement, id: statement.id! };
}

/**
 * Those that pass the filter, and what voids them, though it may not pass by itself: otherwise the target would go on
 * showing what is not valid any more. A voiding statement that was stored before its target goes just before it.
 */
export async function select(
  filter: PipeFilter,
  page: readonly RecordedStatement[],
  lookUp: LookUp,
): Promise<Outgoing[]> {
  if (Object.keys(filter).length === 0) return page.map(outgoingFrom);
  const passes = passesThrough(filter);
  const passesAlone = ({ statement, position }: Outgoing) => passes(statement, storedAt(position));
  const read = page.map((recorded) => ({ ...outgoingFrom(recorded), voidedAt: recorded.voidedAt }));
  const wanted = new Set(read.filter(passesAlone));

  const voidings = new Map(read.filter((each) => !wanted.has(each)).flatMap((each) => voidingOf(each)));
  const targets = voidings.size === 0 ? [] : await lookUp.withIds([...voidings.keys()]);
  const voided = new Set(
    targets
      .map(outgoingFrom)
      .filter(passesAlone)
      .map(({ id }) => id.toLowerCase()),
  );

  const early = read.filter((each) => wanted.has(each) && isBefore(each.voidedAt, each.position));
  const earlyVoidings = early.length === 0 ? [] : await lookUp.at(early.map(({ voidedAt }) => voidedAt!));
  const before = new Map(
    earlyVoidings
      .map(outgoingFrom)
      .filter((voiding) => !passesAlone(voiding))
      .map((voiding) => [voiding.position, voiding]),
  );
  const passesAsVoiding = (each: Outgoing) => voidingOf(each).some(([target]) => voided.has(target));
  for (const each of read) if (passesAsVoiding(each)) before.delete(each.position);
  return read.flatMap(({ voidedAt, ...each }, index) => {
    const voiding = isBefore(voidedAt, each.position) ? before.get(voidedAt!) : undefined;
    if (wanted.has(read[index]!)) return voiding ? [voiding, each] : [each];
    return passesAsVoiding(each) ? [each] : [];
  });
}

/** The id of the statement that a voiding statement voids, with the voiding statement. */
function voidingOf<Each extends Outgoing>(outgoing: Each): [string, Each][] {
  const { statement } = outgoing;
  const { object } = statement;
  return isVoiding(statement) && isStatementRef(object) ? [[object.id.toLowerCase(), outgoing]] : [];
}

const isBefore = (one: string | null, other: string): boolean => one !== null && BigInt(one) < BigInt(other);
