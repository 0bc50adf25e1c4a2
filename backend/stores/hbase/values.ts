import { StoreCorrupt } from '../contract/index.ts';

/**
 * Texts are stored behind a `=`: HBase's checks take an empty cell for an absent one, and what was removed is a cell of
 * another kind, because a delete may bring an older version back.
 */
const textMark = '=';

/** Stands where a text was removed. */
export const removed = Buffer.from('-');

export const encodeText = (text: string): Buffer => Buffer.from(textMark + text);

/** @returns undefined where it was removed */
export function decodeText(value: Buffer): string | undefined {
  if (value[0] === textMark.charCodeAt(0)) return value.toString('utf8', 1);
  if (value.equals(removed)) return undefined;
  throw new StoreCorrupt(`A cell of ${String(value.length)} bytes is no text.`);
}

export const encodeJson = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** @throws StoreCorrupt where the cell holds no JSON object */
export function decodeJson(what: string, value: Buffer): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(value.toString());
    if (typeof parsed === 'object' && parsed !== null) return parsed as Readonly<Record<string, unknown>>;
  } catch {
    // Said below, without the bytes.
  }
  throw new StoreCorrupt(`${what} is no record.`);
}
