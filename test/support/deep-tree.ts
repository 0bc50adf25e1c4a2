import { mkdir, writeFile } from 'node:fs/promises';
import { Folder, walk } from '../../backend/artifacts/local/folder.ts';

/** So many folders are deeper than a path of the system may be long (4,096 bytes on Linux). */
export const deeperThanPaths = 2100;

/** The path of so many folders called `a`, one in another, with a `/` at its end. */
export const deep = (count = deeperThanPaths): string => 'a/'.repeat(count);

/** Makes files of one byte at paths of any length below a folder, as an older version took them. */
export async function writeDeep(root: string, ...paths: readonly string[]): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const top = await Folder.open(root);
  try {
    for (const path of paths) {
      const names = path.split('/');
      const name = names.pop() ?? '';
      const folder = await walk(top, names, (parent, next) => parent.make(next));
      await writeFile(folder.at(name), 'x');
      await folder.close();
    }
  } finally {
    await top.close();
  }
}
