/**
 * A signed 64-bit integer as MLflow's API carries it (step, timestamps). A `number` wherever that is exact, a `bigint`
 * only beyond ±(2^53 - 1): `<`, `>` and `==` work across the two, arithmetic does not.
 */
export type Int64 = number | bigint;

/** Normalises: the `number` when it is exact, else the `bigint`. */
export function int64(value: bigint): Int64 {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** Whether the integer is one of 64 bits. */
export const isInt64 = (value: bigint): boolean => value === BigInt.asIntN(64, value);

/** Numeric order of two int64, for sort(). */
export function compareInt64(a: Int64, b: Int64): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
