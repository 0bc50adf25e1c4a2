import type { Logger } from 'pino';

/** Told of what is left over and cannot be removed. */
export type StagingLog = Pick<Logger, 'warn'>;

/** Characters of a reason in the log: names that users gave may be in it. */
const longestReason = 300;

export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, longestReason);
