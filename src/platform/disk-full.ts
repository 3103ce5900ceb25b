/** What the operating system (write, quota) and PostgreSQL (disk_full) call it. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT', '53100'];

/** Whether something failed because there is no space left, on the disk of the files or of the database. */
export const isDiskFull = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && CODES.includes(error.code);

/** What a caller may know of it. */
export const DISK_FULL = {
  code: 'INSUFFICIENT_STORAGE',
  message: 'The service has no space left. Nothing of this request was kept; send it again later.',
};
