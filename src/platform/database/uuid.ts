import { randomBytes } from 'node:crypto';

let lastMillisecond = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562 5.7): ids made later sort later, within a millisecond by the 12 bits of rand_a as a
 * counter (6.2 method 1), and rows that are written together lie together in every index.
 */
export function uuidV7(): string {
  nextTick();
  const bytes = randomBytes(16);
  bytes.writeUIntBE(lastMillisecond, 0, 6);
  bytes.writeUInt16BE(0x7000 | sequence, 6);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function nextTick(): void {
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    sequence = 0;
  } else if (sequence < 0xfff) {
    sequence += 1;
  } else {
    // The counter is used up, or the clock was set back: borrow the next millisecond.
    lastMillisecond += 1;
    sequence = 0;
  }
}
