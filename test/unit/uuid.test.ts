import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from '../../src/platform/database/uuid.js';

describe('uuidV7', () => {
  it('is a UUID of version 7 and variant 1', () => {
    expect(uuidV7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('begins with the time, or with that of the one before when a clock was set back since', () => {
    const before = Math.max(Date.now(), millisecondsOf(uuidV7()));
    const milliseconds = millisecondsOf(uuidV7());
    expect(milliseconds).toBeGreaterThanOrEqual(before);
    expect(milliseconds).toBeLessThan(before + 1_000);
  });

  it('sorts in the order of making, also within a millisecond', () => {
    const ids = Array.from({ length: 20_000 }, uuidV7);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

const millisecondsOf = (id: string): number => Number.parseInt(id.replace('-', '').slice(0, 12), 16);
