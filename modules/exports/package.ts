import type { PackageFormatName } from '../../exporters/index.js';

/** What can be chosen for a package. */
export interface PackageOptions {
  /** Whether the manifest carries a mastery score, by which the LMS judges itself. */
  readonly masteryScore: boolean;
  /** Size of the window that the player asks for where it has one of its own; pixels. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Where statements are sent, besides the LMS. */
  readonly reportTo?: 'LRS';
  /** `homePage` of the learners' accounts in statements. */
  readonly learnerHomePage?: string;
  /** BCP 47 tag of the language of the player's own words; the course's when left out. */
  readonly language?: string;
}

export type PackageStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';

/** The key by which a package reports to the LRS. */
export interface ReportingKey {
  readonly keyId: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | undefined;
}

/** A package: asked for, being made, or made. */
export interface CoursePackage {
  readonly id: string;
  readonly versionId: string;
  readonly format: PackageFormatName;
  readonly options: PackageOptions;
  /** Name of the zip: ASCII, without blanks. */
  readonly fileName: string;
  readonly status: PackageStatus;
  /** 0 to 100. */
  readonly progress: number;
  /** How often the job was begun. */
  readonly attempts: number;
  /** Size and SHA-256 (hexadecimal) of the zip, once it is there. */
  readonly bytes: number | undefined;
  readonly sha256: string | undefined;
  /** Why the last attempt came to nothing. */
  readonly error: string | undefined;
  readonly reporting: ReportingKey | undefined;
  readonly createdAt: Date;
  readonly finishedAt: Date | undefined;
}

export const isFinished = ({ status }: CoursePackage): boolean => status === 'DONE' || status === 'FAILED';

/** Where the zip lies in the blob storage. */
export const blobKeyOf = (organizationId: string, packageId: string): string =>
  `packages/${organizationId}/${packageId}.zip`;
