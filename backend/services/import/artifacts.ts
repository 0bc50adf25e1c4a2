import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '../../artifacts/contract.ts';
import { parseArtifactPath } from '../../artifacts/path.ts';
import { joinPath, proxiedRoot } from '../../artifacts/uri.ts';
import type { Job } from './job.ts';
import type { SourceFile } from './source.ts';

/** SHA-256 of files, by their paths below a root. */
export type Checksums = ReadonlyMap<string, string>;

/**
 * Copies the files below a location of the source to one of ours. A file that is there with the same length is not written
 * again: the checksums tell whether it is the same.
 * @param from as the source calls it; locations that the source does not proxy are left to their clients
 * @returns the checksums of what the source sent
 */
export async function copyArtifacts(job: Job, from: string, to: string): Promise<Checksums> {
  const [source, target] = [proxiedRoot(from), proxiedRoot(to)];
  if (source === undefined || target === undefined) {
    if (from !== '') job.notices.add(`artifacts at ${from} are not proxied by the source: they stay where they are`);
    return new Map();
  }
  job.roots.set(from, to);
  const checksums = new Map<string, string>();
  const refused = (path: string, reason: string): void => {
    job.problems.push(`folder ${joinPath(source, path)} was not copied: ${reason}`);
  };
  for await (const file of job.source.files(source, refused)) {
    try {
      checksums.set(file.path, await copyFile(job, source, target, file));
      job.progress.files++;
      job.tell();
    } catch (error) {
      job.problems.push(`file ${joinPath(source, file.path)} was not copied: ${messageOf(error)}`);
    }
  }
  return checksums;
}

async function copyFile(
  { source, artifacts, progress }: Job,
  from: string,
  to: string,
  file: SourceFile,
): Promise<string> {
  const path = parseArtifactPath(joinPath(to, file.path));
  const there = await artifacts.stat(path);
  const stream = await source.open(from, file.path);
  const hash = createHash('sha256');
  const count = (chunk: Buffer): void => {
    hash.update(chunk);
    progress.bytes += chunk.length;
  };
  if (there !== undefined && there.size === file.size) {
    for await (const chunk of stream as AsyncIterable<Buffer>) count(chunk);
  } else if (there !== undefined) {
    stream.destroy();
    throw new Error('another file of this name is there');
  } else {
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        count(chunk);
        done(null, chunk);
      },
    });
    await Promise.all([pipeline(stream, counted), artifacts.write(path, counted)]);
  }
  return hash.digest('hex');
}

/** Reads the files here, and tells which are not what the source sent. */
export async function verifyArtifacts({ artifacts, problems }: Job, to: string, checksums: Checksums): Promise<void> {
  const target = proxiedRoot(to);
  if (target === undefined) return;
  for (const [path, wanted] of checksums) {
    const full = joinPath(target, path);
    const found = await checksumOf(artifacts, full).catch((error: unknown) => messageOf(error));
    if (found !== wanted) problems.push(`file ${full} has the SHA-256 ${found}, and at the source ${wanted}`);
  }
}

async function checksumOf(artifacts: ArtifactStore, path: string): Promise<string> {
  const file = await artifacts.open(parseArtifactPath(path));
  const hash = createHash('sha256');
  const stream: Readable = file.stream();
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

/** A location of the source as it is called here, where it lies in what was copied. */
export function rewritten({ roots }: Pick<Job, 'roots'>, uri: string): string {
  const path = proxiedRoot(uri);
  if (path === undefined) return uri;
  for (const id of path.split('/')) {
    for (const [from, to] of rootsNamed(roots, id)) {
      const root = proxiedRoot(from) ?? '';
      if (path === root || path.startsWith(`${root}/`)) return to + path.slice(root.length);
    }
  }
  return uri;
}

/** The roots in which an id stands; found by it, for there may be a million. */
function rootsNamed(roots: ReadonlyMap<string, string>, id: string): readonly (readonly [string, string])[] {
  let byId = indexes.get(roots);
  if (byId?.size !== roots.size) {
    byId = { size: roots.size, of: new Map() };
    for (const root of roots) {
      for (const part of root[0].split('/')) {
        if (!/^(m-)?[0-9a-f]{32}$/.test(part)) continue;
        byId.of.set(part, [...(byId.of.get(part) ?? []), root]);
      }
    }
    indexes.set(roots, byId);
  }
  return byId.of.get(id) ?? [];
}

const indexes = new WeakMap<object, { size: number; of: Map<string, (readonly [string, string])[]> }>();

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
