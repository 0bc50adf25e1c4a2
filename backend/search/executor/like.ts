import { isLowHalf } from '../../code-points.ts';
import { finder, longestPart } from './find-part.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';

type Matcher = (text: string) => boolean;

/**
 * SQL's LIKE as SQLite does it in MLflow's store: `%` is any text, `_` one character (code point), nothing escapes, the
 * whole text must match. Time grows with the text, whatever the pattern.
 * @throws MlflowError INVALID_PARAMETER_VALUE for more than `longestPart` characters between two `%`
 */
export function like(pattern: string): Matcher {
  const parts = pattern.split('%');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (text) => endOfMatch(text, 0, first) === text.length;
  const middle = rest.filter((part) => part !== '');
  if (middle.some((part) => part.length > longestPart)) {
    throw invalidParameter(brief`A pattern of LIKE has at most ${longestPart} characters between two '%'.`);
  }
  const finders = middle.map(finder);
  const lastLength = Array.from(last).length;
  return (text) => {
    let at = endOfMatch(text, 0, first);
    for (const find of finders) {
      if (at < 0) return false;
      at = find(text, at);
    }
    const start = startOfLast(text, lastLength);
    return at >= 0 && start >= at && endOfMatch(text, start, last) === text.length;
  };
}

/** As `like`, taking ASCII letters as equal in both cases: SQLite's lower() knows no others. */
export function ilike(pattern: string): Matcher {
  const matches = like(asciiLower(pattern));
  return (text) => matches(asciiLower(text));
}

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

const underscore = 0x5f;

/** Where a match of `part` that begins at `at` ends; -1 where there is none. */
function endOfMatch(text: string, at: number, part: string): number {
  for (let index = 0; index < part.length; index++) {
    const wanted = part.charCodeAt(index);
    if (at >= text.length) return -1;
    if (wanted !== underscore && wanted !== text.charCodeAt(at)) return -1;
    at += wanted === underscore && isLowHalf(text, at + 1) ? 2 : 1;
  }
  return at;
}

/** Where the last `count` characters begin; -1 where there are fewer. */
function startOfLast(text: string, count: number): number {
  let at = text.length;
  for (let left = count; left > 0; left--) {
    if (at === 0) return -1;
    at -= isLowHalf(text, at - 1) ? 2 : 1;
  }
  return at;
}
