import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { Config } from './config/config.ts';

/** Characters of one text of an error, and of all that is logged of it. */
const maxText = 4000;
const maxError = 16_000;
const maxDepth = 3;
const maxItems = 100;

/** JSON lines on stderr: stdout belongs to what a command prints for its user. */
export function createLogger(level: Config['logLevel'], destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: boundedError },
      hooks: { streamWrite: oneLine },
    },
    destination,
  );
}

/** What the log holds of an error, or of what was thrown in the place of one: cut to a size, whatever it carries. */
function boundedError(error: unknown): unknown {
  return bounded(error instanceof Error ? { ...pino.stdSerializers.err(error) } : error, maxDepth, { left: maxError });
}

function bounded(value: unknown, depth: number, room: { left: number }): unknown {
  if (typeof value === 'string') {
    const text = cut(value, Math.min(maxText, room.left));
    room.left -= text.length;
    return text;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0 || ArrayBuffer.isView(value)) return Object.prototype.toString.call(value);
  const entries: [string, unknown][] = [];
  for (const [name, inner] of Object.entries(Array.isArray(value) ? value.slice(0, maxItems) : value)) {
    if (room.left <= 0) break;
    // A number takes room, too.
    room.left -= name.length + 10;
    if (room.left > 0) entries.push([name, bounded(inner, depth - 1, room)]);
  }
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
}

/** Keeps both ends: a message may be as long as what a client sent, and behind it a stack has its frames. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half)} ... (${String(text.length)} characters) ... ${text.slice(text.length - half)}`;
}

/**
 * Escapes what JSON lets stand and yet a reader of lines takes for their end, or a terminal for a command: C1 controls with
 * U+0085, U+2028, U+2029, and what turns the direction of writing. It can only be inside of a JSON string, where its
 * escape means the same.
 */
function oneLine(line: string): string {
  return line.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
