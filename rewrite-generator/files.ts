import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Generated files: path under the output folder, with `/`, to content. */
export type Files = ReadonlyMap<string, string>;

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

/** The same paths as they are on disk; a file that is not there is left out. */
export async function readFiles(folder: string, paths: Iterable<string>): Promise<Files> {
  const found = new Map<string, string>();
  for (const path of paths) {
    try {
      found.set(path, await readFile(join(folder, path), 'utf8'));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    }
  }
  return found;
}
