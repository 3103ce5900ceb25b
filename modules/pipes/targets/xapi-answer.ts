/** What the answer of an LRS to POST /statements means (xAPI 1.0.3 Comm 2.1.2, 3.2). */
import { STATUS_CODES } from 'node:http';
import type { OutboundAnswer } from '../../../src/platform/http/outbound/outbound.js';
import { retryAfter } from '../delivery/back-off.js';
import type { Outgoing, RefusalReason, Verdict } from './target.js';

const LONGEST_EXCERPT = 2_000;

/** Statuses that are about the statements; every other one may be another tomorrow. */
const ABOUT_STATEMENTS: Readonly<Record<number, RefusalReason>> = {
  400: 'REFUSED',
  409: 'CONFLICT',
  413: 'TOO_LARGE',
  422: 'REFUSED',
};

export function verdictOn(answer: OutboundAnswer, batch: readonly Outgoing[], now: Date): Verdict {
  const { status, headers } = answer;
  if (status === 200) {
    if (isListOfIds(answer, batch)) return { kind: 'TAKEN' };
    return { kind: 'UNAVAILABLE', message: 'It answered 200 without the ids of the statements: is it an LRS?' };
  }
  const reason = ABOUT_STATEMENTS[status];
  if (reason === undefined) {
    return { kind: 'UNAVAILABLE', message: failure(answer), retryAt: retryAfter(headers['retry-after'], now) };
  }
  const refusal = { reason, status, answer: excerpt(answer, LONGEST_EXCERPT) };
  return { kind: reason === 'TOO_LARGE' ? 'TOO_LARGE' : 'REFUSED', refusal };
}

/** The status and the beginning of the answer. */
export function failure(answer: OutboundAnswer): string {
  const { status } = answer;
  return `It answered ${status} ${STATUS_CODES[status] ?? ''}: ${excerpt(answer, 300)}`.replace(/ ?: $/, '');
}

/** The beginning of the answer's text, in characters that PostgreSQL can hold. */
function excerpt({ body }: OutboundAnswer, length: number): string {
  return body
    .subarray(0, length)
    .toString('utf8')
    .replaceAll('\0', '')
    .replace(/\uFFFD$/, '')
    .trim();
}

/** Whatever answers 200 to everything is no LRS, and what it was sent is not delivered. */
function isListOfIds({ body }: OutboundAnswer, batch: readonly Outgoing[]): boolean {
  const ids = jsonIn(body);
  if (!Array.isArray(ids) || ids.length !== batch.length) return false;
  const answered = new Set(ids.map((id) => String(id).toLowerCase()));
  return batch.every(({ id }) => answered.has(id.toLowerCase()));
}

/** @returns undefined when it is no JSON */
export function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
