/** The element above a line that names itself: which rule or route it is part of. */
function owner(lines: readonly string[], index: number): string {
  for (let at = Math.min(index, lines.length - 1); at >= 0; at--) {
    const match = /<(rule|filter|route|service)\b[^>]*?\b(?:name|path)="([^"]*)"/.exec(lines[at] ?? '');
    if (match) return ` (${match[1] ?? ''} ${match[2] ?? ''})`;
  }
  return '';
}

function shown(lines: readonly string[]): string {
  const [first, ...rest] = lines;
  if (first === undefined) return 'nothing there';
  return `'${first.trim()}'${rest.length > 0 ? ` and ${String(rest.length)} more lines` : ''}`;
}

/** Where both texts go on with the same line: the nearest such pair of indexes, or both ends. */
function resume(expected: readonly string[], e: number, actual: readonly string[], a: number): [number, number] {
  const total = expected.length - e + actual.length - a;
  for (let distance = 1; distance <= total; distance++) {
    for (let skip = 0; skip <= distance; skip++) {
      const [i, j] = [e + skip, a + distance - skip];
      if (i < expected.length && j < actual.length && expected[i] === actual[j]) return [i, j];
    }
  }
  return [expected.length, actual.length];
}

/**
 * One text for each run of lines that differ: `file:line (rule): expected '...', found '...'`. Lines are numbered as in
 * the file that was found, from 1.
 */
export function differingLines(path: string, wanted: string, found: string): readonly string[] {
  const expected = wanted.split('\n');
  const actual = found.split('\n');
  const differences: string[] = [];
  let [e, a] = [0, 0];
  while (e < expected.length || a < actual.length) {
    if (expected[e] === actual[a]) {
      e++;
      a++;
      continue;
    }
    const [nextE, nextA] = resume(expected, e, actual, a);
    differences.push(
      `${path}:${String(a + 1)}${owner(actual, nextA > a ? a : a - 1)}: ` +
        `expected ${shown(expected.slice(e, nextE))}, found ${shown(actual.slice(a, nextA))}`,
    );
    [e, a] = [nextE, nextA];
  }
  return differences;
}
