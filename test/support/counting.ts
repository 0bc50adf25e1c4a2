/** Up to such a length a text is found in time that grows with the text searched alone; behind it, there are worse ones. */
const short = 64;

/**
 * How often the work reads a character of a text, one by one or in the engine's search, which may read it several times for
 * a long text. Tests of costs count: time says nothing on a busy machine.
 */
export function charactersRead(work: () => void): number {
  const { charCodeAt, codePointAt, indexOf } = String.prototype;
  let reads = 0;
  String.prototype.charCodeAt = function (index) {
    reads++;
    return charCodeAt.call(this, index);
  };
  String.prototype.codePointAt = function (index) {
    reads++;
    return codePointAt.call(this, index);
  };
  String.prototype.indexOf = function (wanted, from = 0) {
    const at = indexOf.call(this, wanted, from);
    reads += ((at < 0 ? this.length : at + 1) - from) * Math.ceil(wanted.length / short);
    return at;
  };
  try {
    work();
  } finally {
    Object.assign(String.prototype, { charCodeAt, codePointAt, indexOf });
  }
  return reads;
}

/** The objects again, and how often the field of any of them was read. */
export function countingReads<T extends object, Name extends keyof T>(
  objects: readonly T[],
  name: Name,
): { readonly objects: readonly T[]; readonly reads: () => number } {
  let reads = 0;
  const counted = objects.map((object) =>
    Object.defineProperty({ ...object }, name, {
      enumerable: true,
      get: () => {
        reads++;
        return object[name];
      },
    }),
  );
  return { objects: counted, reads: () => reads };
}
