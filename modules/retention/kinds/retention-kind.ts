import type { RuleSettings } from '../rules/retention-rule.js';

/** A rule at a moment, with the rules that it gives way to. */
export interface Plan {
  readonly rule: RuleSettings;
  readonly keeping: readonly RuleSettings[];
  /** Ages are told at this time. */
  readonly asOf: Date;
}

/** What a rule would delete; of a rule that keeps, what it keeps. */
export interface Preview {
  readonly count: number;
  /** The first and the last of them by the time of storage, or of the last change of a document. */
  readonly oldest: Date | undefined;
  readonly newest: Date | undefined;
  readonly verbs: readonly { readonly verb: string; readonly count: number }[];
  readonly years: readonly { readonly year: number; readonly count: number }[];
  /** Attachments that nothing else has. */
  readonly attachments: { readonly count: number; readonly bytes: number };
  /** The first of them. */
  readonly statementIds: readonly string[];
  /** How many more it would be but for what they are still needed for, and what that is. */
  readonly waiting: number;
  readonly waitsFor: readonly string[];
}

/** What came of a batch. */
export interface Removal {
  readonly removed: number;
  /** Where the next one begins; undefined when there is none. */
  readonly next: string | undefined;
}

/** A kind of data that rules are about. */
export interface RetentionKind {
  /**
   * Brings up to date what it goes by. Outside of a unit of work.
   *
   * @param patience milliseconds after which it may leave the rest for later; as long as it takes when not given
   */
  catchUp(organizationId: string, patience?: number): Promise<void>;
  /** Inside a unit of work. */
  preview(organizationId: string, plan: Plan): Promise<Preview>;
  /** How many a run would delete. Inside a unit of work. */
  count(organizationId: string, plan: Plan): Promise<number>;
  /** What is still needed by others, in words. Inside a unit of work. */
  waitsFor(organizationId: string, plan: Plan): Promise<readonly string[]>;
  /** Deletes the next ones, inside a unit of work. @param after what the batch before said; undefined for the first */
  removeSome(organizationId: string, plan: Plan, after: string | undefined): Promise<Removal>;
}
