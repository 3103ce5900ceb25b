import type { Severity } from '../../../src/platform/errors.js';

/** A problem of a statement that was stored nevertheless. */
export interface ProfileReport {
  readonly id: string;
  readonly keyId: string;
  readonly statementId: string;
  readonly profileId: string;
  readonly version: string;
  readonly template: string | null;
  readonly location: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: readonly string[];
  readonly reportedAt: Date;
}

/** Which reports. All that is given must hold. */
export interface ReportFilter {
  readonly keyId?: string | undefined;
  readonly profileId?: string | undefined;
  readonly code?: string | undefined;
  readonly statementId?: string | undefined;
}

/** How often a problem was reported, of what is kept. */
export interface ReportCount {
  readonly keyId: string;
  readonly profileId: string;
  readonly template: string | null;
  readonly location: string | null;
  readonly code: string;
  readonly severity: Severity;
  readonly count: number;
  readonly lastReportedAt: Date;
  /** The last statement that had it. */
  readonly statementId: string;
}
