/** Whether a character is one that stands at a place of a pattern. */
type Place = '*' | ((character: string) => boolean);

/**
 * Whether one of the patterns is the name, as MLflow's server reads its lists of hosts and origins: `*` alone is every
 * name; a pattern with a `*` is one of Python's fnmatch, with `*`, `?`, `[abc]`, `[a-z]` and `[!abc]`; any other is a name
 * itself. Letter case and a port count.
 */
export function matchesOne(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => (pattern.includes('*') ? fnmatch(pattern, name) : pattern === name));
}

/** Takes steps in proportion to both lengths, whatever the pattern. */
function fnmatch(pattern: string, name: string): boolean {
  const places = placesOf(Array.from(pattern));
  const characters = Array.from(name);
  let at = 0;
  let place = 0;
  // The last `*`, and how much of the name it has taken so far.
  let star = -1;
  let taken = 0;
  while (at < characters.length) {
    const wanted = places[place];
    if (wanted === '*') {
      star = place++;
      taken = at;
    } else if (wanted?.(characters[at] ?? '') === true) {
      place++;
      at++;
    } else if (star >= 0) {
      place = star + 1;
      at = ++taken;
    } else return false;
  }
  return places.slice(place).every((rest) => rest === '*');
}

function placesOf(pattern: readonly string[]): readonly Place[] {
  const places: Place[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern[at] ?? '';
    const end = sign === '[' ? endOfSet(pattern, at) : -1;
    if (sign === '*') places.push('*');
    else if (sign === '?') places.push(() => true);
    else if (end < 0) places.push((character) => character === sign);
    else {
      places.push(setOf(pattern.slice(at + 1, end)));
      at = end;
    }
  }
  return places;
}

/** A bracket that stands first in a set is one of its characters; -1 where the set is not closed, and so none. */
function endOfSet(pattern: readonly string[], start: number): number {
  const first = start + (pattern[start + 1] === '!' ? 2 : 1);
  return pattern.indexOf(']', first + (pattern[first] === ']' ? 1 : 0));
}

function setOf(signs: readonly string[]): Place {
  const negated = signs[0] === '!';
  const ranges: [string, string][] = [];
  for (let at = negated ? 1 : 0; at < signs.length; at++) {
    const low = signs[at] ?? '';
    const high = signs[at + 1] === '-' ? signs[at + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high !== undefined) at += 2;
  }
  return (character) => ranges.some(([low, high]) => low <= character && character <= high) !== negated;
}
