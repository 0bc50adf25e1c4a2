import { buildJars } from '../maven.ts';
import { here, jarsFolder } from './paths.ts';

/** Fetches Hadoop's KDC for tests from Maven Central and compiles its main; nothing where that was done before. */
export function buildKdc(progress: (line: string) => void): Promise<void> {
  return buildJars(here, jarsFolder, () => {
    progress('fetching the KDC of hadoop-minikdc 3.4.1 from Maven Central, once');
  });
}
