import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file as a whole, or makes it, for its owner alone, and the folders above it that are missing. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const next = `${file}.new`;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // What an earlier call left may be open to others.
  await rm(next, { force: true });
  await writeFile(next, content, { mode: 0o600, flag: 'wx' });
  await rename(next, file);
}
