type Matcher = (text: string) => boolean;

/**
 * SQL's LIKE as SQLite does it in MLflow's store: `%` is any text, `_` one character (code point), nothing escapes, the
 * whole text must match. Time grows with text times pattern at worst, whatever the pattern.
 */
export function like(pattern: string): Matcher {
  const parts = pattern.split('%');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return (text) => endOfMatch(text, 0, first) === text.length;
  const middle = rest.filter((part) => part !== '');
  return (text) => {
    let at = endOfMatch(text, 0, first);
    for (const part of middle) {
      if (at < 0) return false;
      at = endOfFirstMatch(text, at, part);
    }
    return at >= 0 && endsWith(text, at, last);
  };
}

/** As `like`, taking ASCII letters as equal in both cases: SQLite's lower() knows no others. */
export function ilike(pattern: string): Matcher {
  const matches = like(asciiLower(pattern));
  return (text) => matches(asciiLower(text));
}

const asciiLower = (text: string): string => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());

const underscore = 0x5f;
const width = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Where a match of `part` that begins at `at` ends; -1 where there is none. */
function endOfMatch(text: string, at: number, part: string): number {
  for (let index = 0; index < part.length; index++) {
    const wanted = part.charCodeAt(index);
    if (at >= text.length) return -1;
    if (wanted !== underscore && wanted !== text.charCodeAt(at)) return -1;
    at += wanted === underscore ? width(text, at) : 1;
  }
  return at;
}

/** The first match is as good as any: what follows has only `%` before it. */
function endOfFirstMatch(text: string, from: number, part: string): number {
  if (!part.includes('_')) {
    const at = text.indexOf(part, from);
    return at < 0 ? -1 : at + part.length;
  }
  for (let at = from; at < text.length; at += width(text, at)) {
    const end = endOfMatch(text, at, part);
    if (end >= 0) return end;
  }
  return -1;
}

function endsWith(text: string, from: number, part: string): boolean {
  if (!part.includes('_')) return text.length - part.length >= from && text.endsWith(part);
  for (let at = from; at < text.length; at += width(text, at)) {
    if (endOfMatch(text, at, part) === text.length) return true;
  }
  return false;
}
