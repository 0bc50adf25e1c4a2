import { isQuoted } from './values.ts';

/** An identifier's part before its first dot, undefined where it has none, and the rest. */
export function splitIdentifier(identifier: string): { readonly entity: string | undefined; readonly key: string } {
  const dot = identifier.indexOf('.');
  return dot < 0
    ? { entity: undefined, key: identifier }
    : { entity: identifier.slice(0, dot), key: identifier.slice(dot + 1) };
}

export const trimBackticks = (text: string): string => (isQuoted(text, '`') ? text.slice(1, -1) : text);

/** A key without its quotes: single or double ones, then backticks. */
export function unquotedKey(key: string): string {
  return trimBackticks(isQuoted(key, "'") || isQuoted(key, '"') ? key.slice(1, -1) : key);
}
