import type { KeyOrder } from '../registry-order-by.ts';
import type { SortValue } from './sort-value.ts';
import { compareByKeys } from './sort-value.ts';

/** An order ready to sort many: where one stands, and which of two places comes first. */
export interface CompiledKeyOrder<T> {
  positionOf(item: T): readonly SortValue[];
  compare(a: readonly SortValue[], b: readonly SortValue[]): number;
}

/** @param orders its keys together tell any two apart */
export function compileKeyOrder<T, Key extends string>(
  orders: readonly KeyOrder<Key>[],
  valueOf: (item: T, key: Key) => SortValue,
): CompiledKeyOrder<T> {
  return {
    positionOf: (item) => orders.map(({ key }) => valueOf(item, key)),
    compare: (a, b) => compareByKeys(orders, a, b),
  };
}
