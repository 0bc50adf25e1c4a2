import { existsSync, rmSync } from 'node:fs';
import { maven, whenChanged } from '../maven.ts';
import { here, jarsFolder, stackFolder } from './paths.ts';

/** Fetches HDFS and HBase from Maven Central and compiles our small admin; nothing where neither pom nor source changed. */
export function buildHadoop(progress: (line: string) => void): Promise<void> {
  return whenChanged({
    sources: [`${here}pom.xml`, `${here}java`],
    stamp: `${stackFolder}hadoop.sha256`,
    built: () => existsSync(jarsFolder),
    build: async () => {
      progress('fetching HDFS 3.4.1 and HBase 2.6.1 from Maven Central: some 120 MB, a minute or more, once');
      // Jars of other versions would stay in the class path.
      rmSync(jarsFolder, { recursive: true, force: true });
      await maven(here, ['package']);
    },
  });
}
