import type { ReceivedAttachments } from '../attachments/attachment.js';
import type { XapiVersion } from '../xapi/version.js';

/** What a request brings. */
export interface StatementsBody {
  /** JSON of one statement or of a list of them. */
  readonly text: string;
  /** Of the request: by its rules the statements are judged, sealed and compared. */
  readonly version: XapiVersion;
  /** Bytes that came with the statements; without any, every attachment needs a fileUrl. */
  readonly attachments?: ReceivedAttachments;
}
