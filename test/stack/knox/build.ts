import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { dispatchFolder, dispatchJar, here, jarsFolder, stackFolder } from './paths.ts';

const run = promisify(execFile);

/** Fetches Knox from Maven Central and compiles its loopback LDAP; nothing where neither pom nor source changed. */
export async function buildKnox(progress: (line: string) => void): Promise<void> {
  await whenChanged(
    'knox',
    [`${here}pom.xml`, `${here}ldap`],
    () => existsSync(jarsFolder),
    async () => {
      progress('fetching Knox 2.0.0 from Maven Central: some 110 MB, a minute or more, once');
      await maven(here, ['package']);
    },
  );
}

/** Builds the dispatch plugin with its own tests. */
export async function buildDispatch(progress: (line: string) => void): Promise<void> {
  const sources = [`${dispatchFolder}pom.xml`, `${dispatchFolder}src`];
  await whenChanged(
    'dispatch',
    sources,
    () => existsSync(dispatchJar),
    async () => {
      progress('building the dispatch plugin and running its tests');
      await maven(dispatchFolder, ['package']);
    },
  );
}

const underWay = new Map<string, Promise<void>>();

/** Once at a time: LDAP and Knox are started side by side, and both need the jars. */
function whenChanged(
  name: string,
  sources: readonly string[],
  built: () => boolean,
  build: () => Promise<void>,
): Promise<void> {
  const promise = underWay.get(name) ?? buildWhenChanged(name, sources, built, build);
  underWay.set(name, promise);
  return promise;
}

async function buildWhenChanged(
  name: string,
  sources: readonly string[],
  built: () => boolean,
  build: () => Promise<void>,
): Promise<void> {
  const stamp = `${stackFolder}${name}.sha256`;
  const hash = hashOf(sources);
  if (built() && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  await build();
  writeFileSync(stamp, hash);
}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap(filesUnder)) hash.update(file).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}

async function maven(cwd: string, goals: readonly string[]): Promise<void> {
  try {
    await run('mvn', ['-B', '-q', ...goals], { cwd, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { code, stdout = '', message } = error as { code?: unknown; stdout?: string; message: string };
    if (code === 'ENOENT') throw new Error('Maven is not installed: "mvn" must be in the PATH.', { cause: error });
    throw new Error(`Maven failed in ${cwd}:\n${stdout || message}`, { cause: error });
  }
}
