import type { Logger } from 'pino';
import { ArtifactError } from './artifacts/contract.ts';
import type { ArtifactStore } from './artifacts/contract.ts';
import type { WebhdfsConfig } from './config/webhdfs-config.ts';
import { authenticatorOf } from './remote/index.ts';

/**
 * Opens the artifact store in HDFS; its code is loaded only here. The data folder keeps what is being uploaded.
 * @throws ArtifactError | TypeError
 */
export async function openRemoteArtifacts(
  { credentials, spoolLimit, ...config }: WebhdfsConfig,
  dataFolder: string,
  logger: Pick<Logger, 'warn' | 'info'>,
): Promise<ArtifactStore> {
  const { openWebhdfsArtifactStore } = await import('./artifacts/webhdfs/index.ts');
  const opening = openWebhdfsArtifactStore({
    ...config,
    log: logger,
    spool: { folder: dataFolder, limit: spoolLimit },
    authenticator: credentials === undefined ? undefined : authenticatorOf(credentials),
    onAvailability: (address, available, reason) => {
      if (available) logger.info({ address }, 'answers again');
      else logger.warn({ address, reason }, 'left alone after failures');
    },
  });
  return opening.catch((error: unknown) => {
    // Whoever starts the backend may know which server it was and what it said; clients are not told.
    if (!(error instanceof ArtifactError && error.cause instanceof Error)) throw error;
    throw new ArtifactError(error.problem, `${error.message} (${error.cause.message})`, { cause: error });
  });
}
