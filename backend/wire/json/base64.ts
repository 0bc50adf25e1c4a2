/** Most characters of a text that is decoded. A page token holds what a search was asked for, and no more of it fits in. */
const longest = 16_000_000;

/**
 * Base64 of either alphabet, forgiving as Python's `b64decode` is: it skips what is no digit, and insists on the padding.
 * @returns undefined where that raises, or the text is too long
 */
export function decodeBase64(text: string): Buffer | undefined {
  if (text.length > longest) return undefined;
  const digits = text.replaceAll(/[^\w+/-]/g, '');
  const missing = (4 - (digits.length % 4)) % 4;
  const padding = text.length - text.replaceAll('=', '').length;
  return missing === 3 || padding < missing ? undefined : Buffer.from(digits, 'base64');
}
