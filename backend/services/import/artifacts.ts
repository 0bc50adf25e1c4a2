import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CallContext } from '../../call-context.ts';
import type { ArtifactPath, ArtifactStore } from '../../artifacts/contract.ts';
import { parseArtifactPath } from '../../artifacts/path.ts';
import { joinPath, proxiedRoot } from '../../artifacts/uri.ts';
import type { Job } from './job.ts';
import type { SourceFile } from './source.ts';

/**
 * Copies the files below a location of the source to one of ours, and compares each by its SHA-256. What is there already is
 * compared, not written.
 * @param from as the source calls it; locations that the source does not proxy are left to their clients
 * @returns which are not as at the source, a line each
 */
export async function copyArtifacts(
  context: CallContext,
  job: Job,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const [source, target] = [proxiedRoot(from), proxiedRoot(to)];
  if (source === undefined || target === undefined) {
    if (from !== '') job.notices.add(`artifacts at ${from} are not proxied by the source: they stay where they are`);
    return [];
  }
  const problems: string[] = [];
  const refused = (path: string, reason: string): void => {
    problems.push(`folder ${joinPath(source, path)} was not copied: ${reason}`);
  };
  for await (const file of job.source.files(source, refused)) {
    const full = joinPath(target, file.path);
    try {
      await copyFile(context, job, { from: source, to: full, file });
      job.progress.files++;
      job.tell();
    } catch (error) {
      problems.push(`file ${full} was not copied: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return problems;
}

/** @throws where a file of this name is here afterwards that is not the source's, and what both sides throw */
async function copyFile(
  context: CallContext,
  { source, artifacts, progress }: Job,
  { from, to, file }: { readonly from: string; readonly to: string; readonly file: SourceFile },
): Promise<void> {
  const path = parseArtifactPath(to);
  const there = await artifacts.stat(context, path);
  // Servers leave out the size of an empty file.
  const isOther = there !== undefined && file.size !== undefined && there.size !== file.size;
  if (isOther || there?.isDirectory) throw new Error('something else of this name is there');
  const stream = await source.open(from, file.path);
  const hash = createHash('sha256');
  const counted = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      progress.bytes += chunk.length;
      done(null, chunk);
    },
  });
  const taken = there === undefined ? artifacts.write(context, path, counted) : Promise.resolve(counted.resume());
  try {
    await Promise.all([pipeline(stream, counted), taken]);
  } finally {
    stream.destroy();
  }
  const [sent, found] = [hash.digest('hex'), await checksumOf(context, artifacts, path)];
  if (found !== sent) throw new Error(`here its SHA-256 is ${found}, and at the source ${sent}`);
}

async function checksumOf(context: CallContext, artifacts: ArtifactStore, path: ArtifactPath): Promise<string> {
  const file = await artifacts.open(context, path);
  const hash = createHash('sha256');
  const stream: Readable = file.stream();
  for await (const chunk of stream as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}
