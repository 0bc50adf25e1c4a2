import { buildJars } from '../maven.ts';
import { here, jarsFolder } from './paths.ts';

/** Fetches HDFS and HBase from Maven Central and compiles our small admin; nothing where that was done before. */
export function buildHadoop(progress: (line: string) => void): Promise<void> {
  return buildJars(here, jarsFolder, () => {
    progress('fetching HDFS 3.4.1 and HBase 2.6.1 from Maven Central: some 120 MB, a minute or more, once');
  });
}
