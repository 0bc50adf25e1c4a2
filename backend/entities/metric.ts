import type { Int64 } from './int64.ts';
import { compareInt64 } from './int64.ts';

/** One logged value of one metric. The value may be NaN or infinite. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** ms since 1970, never negative. */
  readonly timestamp: Int64;
  readonly step: Int64;
}

/** Numeric order in which NaN stands beside 0, behind it: MLflow's SQL store holds NaN as 0 and a flag. */
export function compareValues(a: number, b: number): number {
  const x = Number.isNaN(a) ? 0 : a;
  const y = Number.isNaN(b) ? 0 : b;
  return x < y ? -1 : x > y ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

/** Order of a metric's history: timestamp, step, value. Zero exactly for points that are one point. */
export function compareHistory(a: MetricPoint, b: MetricPoint): number {
  return compareInt64(a.timestamp, b.timestamp) || compareInt64(a.step, b.step) || compareValues(a.value, b.value);
}

/** Whether `a` is later than `b` in the order that decides a run's latest value: step, timestamp, value. */
export function isLater(a: MetricPoint, b: MetricPoint): boolean {
  return (
    (compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValues(a.value, b.value)) > 0
  );
}
