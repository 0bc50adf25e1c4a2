import { StoreCorrupt } from '../contract/index.ts';

type Check = (value: unknown) => boolean;

export const text: Check = (value) => typeof value === 'string';
export const number: Check = (value) => typeof value === 'number';
export const int64: Check = (value) => typeof value === 'number' || typeof value === 'bigint';
export const flag: Check = (value) => typeof value === 'boolean';
export const stage: Check = (value) => value === 'active' || value === 'deleted';

export const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** Of a field at the end, which may be left out. */
export const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

export const tuple =
  (...checks: readonly Check[]): Check =>
  (value) =>
    Array.isArray(value) && checks.every((check, i) => check(value[i]));

/** A map of texts as a record keeps it. */
export const texts = listOf(tuple(text, text));

/**
 * Looks whether something that was read is a record of this kind. LMDB has no checksums: this is what notices damage that
 * MessagePack can still be read with.
 * @param checks by the names of the fields, in their order
 * @throws StoreCorrupt
 */
export function fieldsOf<Fields extends readonly unknown[]>(
  what: string,
  checks: Readonly<Record<string, Check>>,
): (record: unknown) => Fields {
  const all = Object.entries(checks);
  return (record) => {
    if (!Array.isArray(record)) throw new StoreCorrupt(`it is no record of ${what}`);
    for (let i = 0; i < all.length; i++) {
      const [name, check] = all[i] as (typeof all)[number];
      if (!check(record[i])) throw new StoreCorrupt(`its ${name} is none, as a record of ${what}`);
    }
    return record as unknown as Fields;
  };
}
