import { compareInt64 } from '../../entities/int64.ts';
import { compareValues } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';

/**
 * At most `count` points, evenly by their place in the order of steps: the first of each of `count` buckets whose sizes
 * differ by one at most (SQL's NTILE), and the last point in place of the last bucket's.
 */
export function evenSample(points: readonly MetricPoint[], count: number): readonly MetricPoint[] {
  const ordered = [...points].sort(compareSteps);
  const buckets = Math.min(count, ordered.length);
  const size = Math.floor(ordered.length / count);
  const larger = ordered.length % count;
  const sample: MetricPoint[] = [];
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = ordered[bucket * size + Math.min(bucket, larger)];
    if (first !== undefined) sample.push(first);
  }
  const last = ordered.at(-1);
  if (last !== undefined && sample.at(-1) !== last) sample[sample.length - 1] = last;
  return sample;
}

function compareSteps(a: MetricPoint, b: MetricPoint): number {
  return compareInt64(a.step, b.step) || compareInt64(a.timestamp, b.timestamp) || compareValues(a.value, b.value);
}
