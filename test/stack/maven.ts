import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Something that Maven builds from sources of this checkout. */
export interface MavenBuild {
  /** Files and folders: it is built again where one of them changed. */
  readonly sources: readonly string[];
  /** File in which the hash of the sources is kept. */
  readonly stamp: string;
  /** Whether what was built is still there. */
  readonly built: () => boolean;
  readonly build: () => Promise<void>;
}

const underWay = new Map<string, Promise<void>>();

/** Builds where something changed, and once at a time: servers that are started side by side need the same jars. */
export function whenChanged(what: MavenBuild): Promise<void> {
  const promise = underWay.get(what.stamp) ?? buildWhenChanged(what);
  underWay.set(what.stamp, promise);
  return promise;
}

async function buildWhenChanged({ sources, stamp, built, build }: MavenBuild): Promise<void> {
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

/** @throws Error with what Maven printed */
export async function maven(cwd: string, goals: readonly string[]): Promise<void> {
  try {
    await run('mvn', ['-B', '-q', ...goals], { cwd, maxBuffer: 2 ** 26 });
  } catch (error) {
    const { code, stdout = '', message } = error as { code?: unknown; stdout?: string; message: string };
    if (code === 'ENOENT') throw new Error('Maven is not installed: "mvn" must be in the PATH.', { cause: error });
    throw new Error(`Maven failed in ${cwd}:\n${stdout || message}`, { cause: error });
  }
}
