/** A file that courses use: its bytes lie in the blob storage under their hash, this says what they are. */
export interface Asset {
  readonly id: string;
  readonly externalId: string | undefined;
  readonly fileName: string;
  /** Sniffed from the bytes, never taken from the sender. */
  readonly mediaType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
  /** Pixels; images only. */
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly createdAt: Date;
}

/** Where the bytes of an asset lie. Each organization has its own folder, so that its data can be handed over or removed. */
export const blobKeyOf = (organizationId: string, sha256: string): string => `assets/${organizationId}/${sha256}`;
