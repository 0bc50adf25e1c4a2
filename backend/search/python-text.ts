/** How Python prints a text inside a message or a list: single quotes unless that would escape more. */
export function pythonText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  let out = quote;
  for (const char of value) out += char === quote ? `\\${char}` : escaped(char);
  return out + quote;
}

/** How Python prints a list of texts. */
export const pythonList = (values: readonly string[]): string => `[${values.map(pythonText).join(', ')}]`;

/** How Python prints a tuple of texts. */
export const pythonTuple = (values: readonly string[]): string => `(${values.map(pythonText).join(', ')})`;

/** How Python prints a set of texts; its order there is arbitrary. */
export const pythonSet = (values: Iterable<string>): string => `{${[...values].map(pythonText).join(', ')}}`;

/** How Python prints bytes. */
export function pythonBytes(bytes: Uint8Array): string {
  const ascii = pythonText(Buffer.from(bytes).toString('latin1'));
  return `b${ascii.replaceAll(/[\u00a1-\u00ff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`)}`;
}

const short: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(char: string): string {
  const known = short[char];
  if (known !== undefined) return known;
  if (char === ' ' || !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
