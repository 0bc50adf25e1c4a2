/** Length in code points, as Python counts. */
export function lengthOf(text: string): number {
  let surrogates = 0;
  for (let i = 0; i < text.length; i++) if (isLowHalf(text, i)) surrogates++;
  return text.length - surrogates;
}

/** The first `limit` code points. It looks at no more of the text than those. */
export function truncate(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (let count = 0; count < limit && end < text.length; count++) end += isLowHalf(text, end + 1) ? 2 : 1;
  return text.slice(0, end);
}

/** Whether the unit at the index is the second half of a surrogate pair. */
export function isLowHalf(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  const before = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && before >= 0xd800 && before <= 0xdbff;
}
