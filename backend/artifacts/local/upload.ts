import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { addAbortSignal } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Folder } from './folder.ts';
import { walkMaking } from './folder.ts';
import { errorCode, translated } from './errors.ts';

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants;

/** How often the folders above a file are made anew when a removal takes them away meanwhile. */
const mostAttempts = 200;

/** Writes the source to a new file at `staged` and flushes it; where that fails, no file stays. */
export async function stage(staged: string, source: Readable, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  addAbortSignal(signal, source);
  const file = await translated(() => open(staged, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
  try {
    try {
      // Not `pipeline`: it destroys the source when the disk is full, and a request's answer goes with it.
      for await (const chunk of source.iterator({ destroyOnReturn: false })) {
        await translated(() => writeAll(file, chunk as Uint8Array));
      }
      await translated(() => file.sync());
    } finally {
      await file.close();
    }
    signal.throwIfAborted();
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.byteLength;) {
    done += (await file.write(bytes, done, bytes.byteLength - done)).bytesWritten;
  }
}

/** Gives a staged file its name below the root, makes the folders above it, and flushes every name on the way. */
export async function publish(staged: string, root: Folder, names: readonly string[], name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const folder = await walkMaking(root, names);
      try {
        await rename(staged, folder.at(name));
        await folder.flush();
        return;
      } finally {
        await folder.close();
      }
    } catch (error) {
      // A removal took a folder away between two steps.
      if (errorCode(error) !== 'ENOENT' || attempt === mostAttempts) throw error;
    }
  }
}
