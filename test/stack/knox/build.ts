import { existsSync } from 'node:fs';
import { buildJars, maven, whenChanged } from '../maven.ts';
import { confFolder, dispatchFolder, dispatchJar, here, jarsFolder, stackFolder } from './paths.ts';

/** Fetches Knox from Maven Central and compiles its loopback LDAP; nothing where that was done before. */
export function buildKnox(progress: (line: string) => void): Promise<void> {
  return buildJars(here, jarsFolder, () => {
    progress('fetching Knox 2.0.0 from Maven Central: some 110 MB, a minute or more, once');
  });
}

/** Builds the dispatch plugin with its own tests. */
export function buildDispatch(progress: (line: string) => void): Promise<void> {
  return whenChanged({
    sources: [`${dispatchFolder}pom.xml`, `${dispatchFolder}src`, confFolder],
    stamp: `${stackFolder}dispatch.sha256`,
    built: () => existsSync(dispatchJar),
    build: async () => {
      progress('building the dispatch plugin and running its tests');
      await maven(dispatchFolder, ['package']);
    },
  });
}
