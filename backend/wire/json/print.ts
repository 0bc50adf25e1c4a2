import { isArray, isObject } from './value.ts';
import type { Json, JsonObject, Float } from './value.ts';

/** How Python spells JSON values: in one way for `json.dumps`, in another for `repr`. */
export interface Notation {
  readonly text: (text: string) => string;
  readonly scalar: (value: null | boolean | number | bigint | Float) => string;
  /** In the order in which they are printed. */
  readonly entries: (object: JsonObject) => readonly (readonly [key: string, item: Json])[];
  readonly comma: string;
  readonly colon: string;
}

/**
 * The value in a notation.
 * @param most where the text is longer than so many UTF-16 units, only its beginning need be right: it is longer than
 * `most` then, and nothing is spent on the rest
 */
export function print(value: Json, notation: Notation, most = Infinity): string {
  let out = '';
  const add = (item: Json): void => {
    if (typeof item === 'string') out += notation.text(item.slice(0, Math.max(0, most - out.length)));
    else if (isArray(item)) addAll('[', item, ']', add);
    else if (isObject(item)) addAll('{', notation.entries(item), '}', addEntry);
    else out += notation.scalar(item);
  };
  const addEntry = ([key, item]: readonly [string, Json]): void => {
    add(key);
    out += notation.colon;
    add(item);
  };
  const addAll = <T>(open: string, items: readonly T[], close: string, addOne: (item: T) => void): void => {
    out += open;
    for (const [index, item] of items.entries()) {
      if (out.length > most) return;
      if (index > 0) out += notation.comma;
      addOne(item);
    }
    out += close;
  };
  add(value);
  return out;
}
