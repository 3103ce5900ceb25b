import { ResumableJob } from '../../src/platform/jobs/resumable-job.js';
import type { Attempt } from '../../src/platform/jobs/resumable-job.js';

/** What jobs of transfers are told. */
export interface TransferPayload {
  readonly organizationId: string;
  readonly id: string;
}

/** The job of a file of statements on its way in or out. */
export abstract class TransferJob<Each extends Attempt> extends ResumableJob<Each> {
  /** Its own: transfers take hours, and nobody else is to wait for them, nor a small one for a large one. */
  readonly workers = 2;
}
