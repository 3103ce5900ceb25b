import { Injectable } from '@nestjs/common';
import { AttachmentCleaning } from './attachment-cleaning.js';
import { AttachmentStore } from './attachment.store.js';
import type { AttachmentLink } from './attachment.store.js';

/** Takes attachments from statements that stay, and removes their bytes at once, not when cleaning comes by. */
@Injectable()
export class AttachmentErasure {
  constructor(
    private readonly store: AttachmentStore,
    private readonly cleaning: AttachmentCleaning,
  ) {}

  /** Which bytes the statements have. Inside a unit of work. */
  linked(organizationId: string, positions: readonly string[]): Promise<AttachmentLink[]> {
    return this.store.linked(organizationId, positions);
  }

  /**
   * Inside the unit of work that changes the statements. Bytes that another statement has stay; the others wait for
   * {@link removeBytes}. @returns how many links there were
   */
  async unlink(organizationId: string, links: readonly AttachmentLink[]): Promise<number> {
    if (links.length === 0) return 0;
    const sha2s = await this.store.unlinkEach(organizationId, links);
    await this.store.retireNow(organizationId, [...new Set(sha2s)].sort());
    return sha2s.length;
  }

  /** Outside of a unit of work. Nothing is left of what was unlinked when it returns. */
  removeBytes(organizationId: string): Promise<void> {
    return this.cleaning.removeAbandoned(organizationId);
  }
}
