import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, from sources as well as from dist. */
export function packageRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('kirka is not in its package: no package.json above it.');
  return packageRoot(parent);
}
