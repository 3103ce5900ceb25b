/** A tenant. Nothing of one organization is visible to another. */
export interface Organization {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** The organization every installation starts with. Its administrators operate the installation. */
export const DEFAULT_ORGANIZATION_ID = '00000000-0000-7000-8000-000000000001';
