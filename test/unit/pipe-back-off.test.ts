import { describe, expect, it } from '@jest/globals';
import { nextAttempt, retryAfter } from '../../modules/pipes/delivery/back-off.js';

const now = new Date('2026-03-01T12:00:00Z');
const seconds = (failures: number, random: number, asked?: Date) =>
  (nextAttempt(failures, now, asked, () => random).getTime() - now.getTime()) / 1_000;

describe('the pause after a failure', () => {
  it('doubles up to a quarter of an hour, half of it by chance, however often it fails', () => {
    expect([1, 2, 3, 10, 11, 5_000].map((failures) => seconds(failures, 1))).toEqual([1, 2, 4, 512, 900, 900]);
    expect([1, 11].map((failures) => seconds(failures, 0))).toEqual([0.5, 450]);
  });

  it('is as long as the target asks, but never shorter than it would be, and a day at most', () => {
    const after = (asked: number) => seconds(1, 1, new Date(now.getTime() + asked * 1_000));
    expect([after(600), after(0), after(1_000_000)]).toEqual([600, 1, 86_400]);
  });

  it('is asked for in seconds or by a date', () => {
    expect(retryAfter('120', now)).toEqual(new Date('2026-03-01T12:02:00Z'));
    expect(retryAfter('Sun, 01 Mar 2026 13:00:00 GMT', now)).toEqual(new Date('2026-03-01T13:00:00Z'));
    expect([retryAfter('soon', now), retryAfter(undefined, now)]).toEqual([undefined, undefined]);
  });
});
