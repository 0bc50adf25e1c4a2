/**
 * Base64 of either alphabet, forgiving as Python's `b64decode` is: it skips what is no digit, and insists on the padding.
 * @returns undefined where that raises
 */
export function decodeBase64(text: string): Buffer | undefined {
  const digits = text.replaceAll(/[^\w+/-]/g, '');
  const missing = (4 - (digits.length % 4)) % 4;
  const padding = text.length - text.replaceAll('=', '').length;
  return missing === 3 || padding < missing ? undefined : Buffer.from(digits, 'base64');
}
