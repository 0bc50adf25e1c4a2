import { stringRepr } from '../wire/json/repr.ts';

/** How Python prints a list of texts. */
export const pythonList = (values: readonly string[]): string => `[${values.map(stringRepr).join(', ')}]`;

/** How Python prints a tuple of texts. */
export const pythonTuple = (values: readonly string[]): string => `(${values.map(stringRepr).join(', ')})`;

/** How Python prints a set of texts; its order there is arbitrary. */
export const pythonSet = (values: Iterable<string>): string => `{${[...values].map(stringRepr).join(', ')}}`;
