import { isUtf8 } from 'node:buffer';
import { excessOf } from './bounds.ts';
import { parseExact } from './exact.ts';
import type { Json } from './value.ts';

/**
 * An int token that a double may not hold (16 digits or more), or `-0`, which Python reads as the int 0. Such a float, and
 * digits inside strings, match too; then the exact parser runs for nothing.
 */
const needsExact = /(?:^|[\s,:[])(?:-?\d{16}|-0(?![\d.eE]))/;

/** Text of a JSON body, without a byte order mark; undefined where it is not UTF-8. */
export function decodeText(body: Buffer): string | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * Parses JSON: quickly where `JSON.parse` loses nothing that a message can hold, else exactly.
 * @returns undefined where Python's `json.loads` would refuse the text, or it is beyond the bounds (`excessOf`)
 */
export function parseJson(text: string): Json | undefined {
  if (excessOf(text) !== undefined) return undefined;
  if (!needsExact.test(text)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // Python also accepts bare NaN and Infinity: the exact parser decides.
    }
  }
  return exactly(text);
}

/** As `parseJson`, with every int exact and every float known as one. */
export function parseJsonExactly(text: string): Json | undefined {
  return excessOf(text) === undefined ? exactly(text) : undefined;
}

function exactly(text: string): Json | undefined {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}
