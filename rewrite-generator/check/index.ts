import type { Files } from '../files.ts';
import { differingLines } from './differing-lines.ts';

/**
 * How the committed files differ from the fresh ones: a line for each difference, with file and line number. Empty
 * where they are the same.
 */
export function check(fresh: Files, committed: Files): readonly string[] {
  return [...fresh].flatMap(([path, wanted]) => {
    const found = committed.get(path);
    return found === undefined ? [`${path}: missing`] : differingLines(path, wanted, found);
  });
}
