import type { Int64 } from '../../entities/int64.ts';
import { compareInt64 } from '../../entities/int64.ts';
import { compareCodePoints } from '../../entities/order.ts';

/** What an entity is ordered by; undefined where it has none. All values of one key are of one kind. */
export type SortValue = string | Int64 | undefined;

/** Numbers and texts first, then NaN, then what is missing: in both directions. */
const place = (value: SortValue): number => (value === undefined ? 2 : Number.isNaN(value) ? 1 : 0);

function compareSortValues(a: SortValue, b: SortValue, ascending: boolean): number {
  const [x, y] = [place(a), place(b)];
  if (x !== y) return x - y;
  if (x > 0 || a === b || a === undefined || b === undefined) return 0;
  const order =
    typeof a === 'string' || typeof b === 'string' ? compareCodePoints(String(a), String(b)) : compareInt64(a, b);
  return ascending ? order : -order;
}

/** Compares places by the values of an order's keys, one key after the other. */
export function compareByKeys(
  orders: readonly { readonly ascending: boolean }[],
  a: readonly SortValue[],
  b: readonly SortValue[],
): number {
  for (const [index, { ascending }] of orders.entries()) {
    const order = compareSortValues(a[index], b[index], ascending);
    if (order !== 0) return order;
  }
  return 0;
}
