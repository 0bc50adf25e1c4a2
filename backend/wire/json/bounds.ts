/** The most that a JSON text may have. */
export const bounds = {
  /** Arrays and objects within each other, as many as MLflow's server reads in a body: it fails behind them. */
  levels: 978,
  /**
   * Values at whatever level, an array or object counting for two. No request of MLflow's clients has a tenth of it: a
   * batch of a thousand metrics has nine thousand.
   */
  values: 100_000,
} as const;

export type Excess = keyof typeof bounds;

const [quote, backslash] = [0x22, 0x5c];
const [comma, openArray, openObject, closeArray, closeObject] = [0x2c, 0x5b, 0x7b, 0x5d, 0x7d];

/**
 * What a JSON text has too much of, found out by one look at each character, before anything is made of it. Of a text
 * that is no JSON it says so at least where a parser could get beyond the bounds.
 */
export function excessOf(text: string): Excess | undefined {
  // A level and a value take one character at least.
  if (text.length <= bounds.levels) return undefined;
  let levels = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === comma) {
      values++;
    } else if (code === openArray || code === openObject) {
      values++;
      if (++levels > bounds.levels) return 'levels';
    } else if (code === closeArray || code === closeObject) {
      levels--;
    }
    if (values > bounds.values) return 'values';
  }
  return undefined;
}

/** Where the quote stands that ends the string; the text's end where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}
