import { isNoRoom } from '../../no-room.ts';
import { ArtifactError } from '../contract.ts';

/** The `code` of a system error (`ENOENT`); undefined for anything else. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Whether a name was not there, or led to a link (ELOOP), to a socket (ENXIO) or through what is no folder (ENOTDIR). */
export function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENXIO';
}

/** A file system's error as the contract's; what is none passes unchanged. Names no path of this machine. */
export function translate(error: unknown): unknown {
  const code = errorCode(error);
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  if (code === 'ENAMETOOLONG') return new ArtifactError('bad-path', 'Artifact name is too long', { cause: error });
  if (isNoRoom(error)) {
    return new ArtifactError('quota', `The artifact store has no room left (${code})`, { cause: error });
  }
  return new ArtifactError('unavailable', `The artifact store cannot do this (${code})`, { cause: error });
}

/** Runs `action`; what it throws is translated. */
export async function translated<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw translate(error);
  }
}
