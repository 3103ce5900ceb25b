import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Room } from '../../src/platform/room.js';

describe('room', () => {
  it('is never taken beyond its size but by one alone, is given in order, and is free again after failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ size: fc.integer({ min: 0, max: 15 }), fails: fc.boolean() }), { maxLength: 30 }),
        async (works) => {
          const room = new Room(10);
          const inside = new Set<number>();
          const entered: number[] = [];
          const work = (index: number) => async () => {
            inside.add(index);
            entered.push(index);
            const taken = [...inside].reduce((sum, one) => sum + works[one]!.size, 0);
            const others = [...inside].filter((one) => one !== index && works[one]!.size > 0);
            if (taken > 10) expect(others).toEqual([]);
            await new Promise((resolve) => setImmediate(resolve));
            inside.delete(index);
            if (works[index]!.fails) throw new Error(`work ${index}`);
            return index;
          };
          const results = await Promise.allSettled(works.map(({ size }, index) => room.within(size, work(index))));
          expect(entered).toEqual(works.map((_, index) => index));
          expect(results.map(({ status }) => status)).toEqual(
            works.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it('is not for those who gave up waiting, and nobody waits behind them', async () => {
    const room = new Room(10);
    expect(await room.enter(6)).toBe(true);
    const patience = new AbortController();
    const [large, small] = [room.enter(9, patience.signal), room.enter(4)];
    let entered = false;
    void small.then(() => (entered = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(entered).toBe(false);
    patience.abort();
    expect([await large, await small]).toEqual([false, true]);
    room.leave(4);
    room.leave(6);
    expect(await room.enter(10)).toBe(true);
    patience.abort();
    const next = room.enter(1);
    room.leave(10);
    expect(await next).toBe(true);
  });
});
