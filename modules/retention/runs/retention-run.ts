import type { RuleSettings } from '../rules/retention-rule.js';

export type RunStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

/** One time that a rule was applied. */
export interface RetentionRun {
  readonly id: string;
  readonly ruleId: string;
  /** As it was then. */
  readonly rule: RuleSettings;
  readonly ruleRevision: number;
  /** Id of the key of who asked for it; undefined for the night. */
  readonly requestedBy: string | undefined;
  readonly status: RunStatus;
  readonly attempts: number;
  /** Where the next batch begins. */
  readonly cursor: string | undefined;
  /** How many there were to delete when it began; undefined before. */
  readonly expected: number | undefined;
  /** How many it has deleted one by one. */
  readonly deleted: number;
  /** How many went with whole years. */
  readonly dropped: number;
  readonly droppedYears: readonly number[];
  /** What somebody still needed, so that it stayed. */
  readonly waitsFor: readonly string[];
  readonly error: string | undefined;
  /** Ages are told at this time. */
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
}

/** 0 to 100. */
export function progressOf({ status, expected, deleted, dropped }: RetentionRun): number {
  if (status === 'DONE') return 100;
  if (!expected) return 0;
  return Math.min(99, Math.floor(((deleted + dropped) / expected) * 100));
}
