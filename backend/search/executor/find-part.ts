/** Most UTF-16 units of a part: what a step of the search costs grows with them. */
export const longestPart = 1000;

/** Up to here the engine's own search is in proportion to the text; behind it there are texts for which it is not. */
const longestPlain = 64;

/** Finds the first match from a place on; answers where it ends, -1 where there is none. */
type Finder = (text: string, from: number) => number;

/** Of a part of a LIKE pattern: in it `_` is any character (code point). */
export function finder(part: string): Finder {
  if (part.includes('_') || part.length > longestPlain) return shiftAnd(Array.from(part));
  return (text, from) => {
    const at = text.indexOf(part, from);
    return at < 0 ? -1 : at + part.length;
  };
}

/**
 * The Shift-And algorithm (Baeza-Yates and Gonnet): a bit for each beginning of the part says whether the text read so far
 * ends with it, and each character of the text moves all of them at once, 32 a word. It never goes back in the text.
 */
function shiftAnd(part: readonly string[]): Finder {
  const words = Math.ceil(part.length / 32);
  const setBit = (mask: Uint32Array, bit: number): void => {
    mask[bit >> 5] = (mask[bit >> 5] ?? 0) | (1 << (bit & 31));
  };
  const anything = new Uint32Array(words);
  for (const [bit, character] of part.entries()) if (character === '_') setBit(anything, bit);
  const masks = new Map<number, Uint32Array>();
  for (const [bit, character] of part.entries()) {
    if (character === '_') continue;
    const point = character.codePointAt(0) ?? 0;
    const mask = masks.get(point) ?? anything.slice();
    setBit(mask, bit);
    masks.set(point, mask);
  }
  const [lastWord, lastBit] = [words - 1, 1 << ((part.length - 1) & 31)];
  const state = new Uint32Array(words);

  return (text, from) => {
    state.fill(0);
    for (let at = from; at < text.length;) {
      const point = text.codePointAt(at) ?? 0;
      const mask = masks.get(point) ?? anything;
      let carry = 1;
      for (let word = 0; word < words; word++) {
        const before = state[word] ?? 0;
        state[word] = ((before << 1) | carry) & (mask[word] ?? 0);
        carry = before >>> 31;
      }
      at += point > 0xffff ? 2 : 1;
      if (((state[lastWord] ?? 0) & lastBit) !== 0) return at;
    }
    return -1;
  };
}
