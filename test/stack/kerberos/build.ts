import { existsSync } from 'node:fs';
import { maven, whenChanged } from '../maven.ts';
import { here, jarsFolder, stackFolder } from './paths.ts';

/** Fetches Hadoop's KDC for tests from Maven Central; nothing where neither pom nor source changed. */
export function buildKdc(progress: (line: string) => void): Promise<void> {
  return whenChanged({
    sources: [`${here}pom.xml`, `${here}java`],
    stamp: `${stackFolder}kdc.sha256`,
    built: () => existsSync(jarsFolder),
    build: async () => {
      progress('fetching the KDC of hadoop-minikdc 3.4.1 from Maven Central, once');
      await maven(here, ['package']);
    },
  });
}
