import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableOptions } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { background } from '../../../backend/call-context.ts';
import type { ArtifactPath, ArtifactProblem, ArtifactStore, ByteRange } from '../../../backend/artifacts/contract.ts';
import { ArtifactError } from '../../../backend/artifacts/contract.ts';
import { parseArtifactPath } from '../../../backend/artifacts/path.ts';

export const path = (text: string): ArtifactPath => parseArtifactPath(text);

export const bytesOf = (...chunks: readonly (string | Buffer)[]): Readable =>
  Readable.from(
    chunks.map((chunk) => Buffer.from(chunk)),
    { objectMode: false },
  );

export const put = (store: ArtifactStore, name: string, content: string, context = background): Promise<void> =>
  store.write(context, path(name), bytesOf(content));

export async function get(
  store: ArtifactStore,
  name: string,
  range?: ByteRange,
  context = background,
): Promise<string> {
  return text((await store.open(context, path(name))).stream(range));
}

/** `name/` for a folder, `name=size` for a file. */
export async function names(store: ArtifactStore, folder = '', context = background): Promise<readonly string[]> {
  const entries = await store.list(context, path(folder));
  return entries.map(({ name, isDirectory, size }) => (isDirectory ? `${name}/` : `${name}=${String(size)}`));
}

export async function expectProblem(problem: ArtifactProblem, action: Promise<unknown>): Promise<ArtifactError> {
  const error = await failureOf(action);
  expect(error).to.be.instanceOf(ArtifactError);
  expect((error as ArtifactError).problem, String(error)).to.equal(problem);
  return error as ArtifactError;
}

export async function failureOf(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

/** A source that gives some bytes and then neither more nor an end, until it is destroyed. */
export function stalled(...chunks: readonly string[]): Readable {
  const source = new Readable({ read: () => {} } satisfies ReadableOptions);
  for (const chunk of chunks) source.push(Buffer.from(chunk));
  return source;
}

/** `size` random bytes in chunks, how many were taken so far, and their hash once all were. */
export function randomSource(size: number): { source: Readable; taken: () => number; sha256: () => string } {
  const chunkSize = 64 * 1024;
  const hash = createHash('sha256');
  let given = 0;
  const source = new Readable({
    highWaterMark: chunkSize,
    read(): void {
      const chunk = randomBytes(Math.min(chunkSize, size - given));
      given += chunk.length;
      hash.update(chunk);
      this.push(chunk.length === 0 ? null : chunk);
    },
  });
  return { source, taken: () => given, sha256: () => hash.digest('hex') };
}

export async function sha256Of(stream: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of stream) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
