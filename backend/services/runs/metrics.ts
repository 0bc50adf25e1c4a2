import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { isLater } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import { floatRepr } from '../../wire/json/python.ts';
import { invalidValue } from '../../wire/validators.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { checkName } from '../validation/names.ts';
import type { LoggedPoint } from './service.ts';

/** MLflow's server asks this of every point before it looks at anything else. */
export function checkDataset({ datasetName, datasetDigest }: LoggedPoint): void {
  if (Boolean(datasetName) === Boolean(datasetDigest)) return;
  throw invalidParameter('Both dataset_name and dataset_digest must be provided if one is provided');
}

/** @param path '' or what the message puts before a field, such as `metrics[0].` */
export function checkPoint({ key, value, timestamp }: LoggedPoint, path: string): void {
  checkName(key, `${path}name`);
  if (timestamp < 0) {
    const field = `${path}timestamp`;
    const what = brief`metric '${key}' (value=${floatRepr(value)}). Timestamp must be a nonnegative long (64-bit integer) `;
    throw invalidParameter(invalidValue(field, timestamp, what));
  }
  checkLength('Metric name', key, limits.key);
}

/**
 * The point as it is kept. MLflow's server keeps an infinity as the largest double of its sign, and -0 as 0.
 */
export function storedPoint({ key, value, timestamp, step }: LoggedPoint): MetricPoint {
  const finite = value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value;
  return { key, value: finite === 0 ? 0 : finite, timestamp, step };
}

/** Of each key the latest of the points, where that is later than what the run has. */
export function newLatest(
  current: ReadonlyMap<string, MetricPoint>,
  points: readonly MetricPoint[],
): ReadonlyMap<string, MetricPoint> {
  const latest = new Map<string, MetricPoint>();
  for (const point of points) {
    const known = latest.get(point.key) ?? current.get(point.key);
    if (known === undefined || isLater(point, known)) latest.set(point.key, point);
  }
  return latest;
}
