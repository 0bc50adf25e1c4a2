import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
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

/** Hash of files, and of all files in folders: the same in every checkout that has the same. */
export function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(source)) {
      hash
        .update(relative(dirname(source), file))
        .update('\0')
        .update(readFileSync(file));
    }
  }
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

/**
 * Lets a pom lay out its jars in a folder whose name tells what it was made from; nothing where it is there. Servers that
 * run have their jars open, so none is ever overwritten: the folder is made beside, and then renamed.
 */
export function buildJars(pomFolder: string, jars: string, announce: () => void): Promise<void> {
  const promise = underWay.get(jars) ?? layOutJars(pomFolder, jars, announce);
  underWay.set(jars, promise);
  return promise;
}

async function layOutJars(pomFolder: string, jars: string, announce: () => void): Promise<void> {
  if (existsSync(jars)) return;
  announce();
  const own = `${jars.replace(/\/$/, '')}.${String(process.pid)}`;
  try {
    await maven(pomFolder, ['package', `-Dstack.jars=${own}/jars`, `-Dstack.build=${own}/build`]);
    // Another process may have been faster.
    if (!existsSync(jars)) renameSync(`${own}/jars`, jars);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
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
