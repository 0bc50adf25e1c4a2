/** What the system calls a disk, a quota or a limit of the process that is used up. */
export const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'] as const;

/** Whether an error of `node:fs` says that there is no room. */
export const isNoRoom = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (noRoom as readonly unknown[]).includes(error.code);
