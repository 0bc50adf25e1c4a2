import type { Files } from '../files.ts';
import { changedRoutes } from './changed-routes.ts';
import { differingLines } from './differing-lines.ts';

/**
 * How the committed files differ from the fresh ones: a line for each difference, with file, line number and rule, and
 * one for each route of the manifest whose meaning that changes. Empty where the files are the same.
 */
export async function check(fresh: Files, committed: Files): Promise<readonly string[]> {
  const lines = [...fresh].flatMap(([path, wanted]) => {
    const found = committed.get(path);
    return found === undefined ? [`${path}: missing`] : differingLines(path, wanted, found);
  });
  return lines.length === 0 ? [] : [...lines, ...(await changedRoutes(fresh, committed))];
}
