import { z } from 'zod';
import { ArtifactError } from '../contract.ts';

const fileStatus = z.object({
  /** The name in its folder; '' for what was asked for itself. */
  pathSuffix: z.string(),
  type: z.string(),
  length: z.number().int().nonnegative(),
  /** ms since 1970 by the NameNode's clock. */
  modificationTime: z.number().int(),
  /** The inode: kept by a rename, never used again. */
  fileId: z.number().int().positive(),
  owner: z.string(),
  permission: z.string(),
});

const listing = z.object({
  DirectoryListing: z.object({
    partialListing: z.object({ FileStatuses: z.object({ FileStatus: z.array(fileStatus) }) }),
    remainingEntries: z.number().int().nonnegative(),
  }),
});

/** What HDFS says of a file or a folder. */
export type FileStatus = z.output<typeof fileStatus>;

export const unreadable = (cause?: unknown): ArtifactError =>
  new ArtifactError('unavailable', "HDFS's answer cannot be read", { cause });

/** A body of JSON as an object; of nothing, an empty one. */
export function readObject(body: Buffer): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  try {
    const content = JSON.parse(body.toString()) as unknown;
    if (typeof content === 'object' && content !== null) return content as Record<string, unknown>;
  } catch {
    // Below.
  }
  throw unreadable();
}

export function readStatus(content: unknown): FileStatus {
  const read = fileStatus.safeParse(content);
  if (!read.success) throw unreadable();
  return read.data;
}

/** One page, and how many entries follow it. */
export function readListing(content: unknown): { readonly page: readonly FileStatus[]; readonly remaining: number } {
  const read = listing.safeParse(content);
  if (!read.success) throw unreadable();
  const { partialListing, remainingEntries } = read.data.DirectoryListing;
  return { page: partialListing.FileStatuses.FileStatus, remaining: remainingEntries };
}
