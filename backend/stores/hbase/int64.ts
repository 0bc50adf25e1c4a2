import type { Int64 } from '../../entities/int64.ts';
import { int64 } from '../../entities/int64.ts';

/** An int64 in JSON: a string where a number would not be exact. */
export const encodeInt64 = (value: Int64): number | string => (typeof value === 'bigint' ? String(value) : value);

export const decodeInt64 = (value: number | string): Int64 =>
  typeof value === 'string' ? int64(BigInt(value)) : value;
