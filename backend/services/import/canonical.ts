import { createHash } from 'node:crypto';
import type { LoggedModel } from '../../entities/logged-model.ts';
import { compareHistory } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import type { Run } from '../../entities/run.ts';
import { noLinks } from '../../entities/run.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';

/** SHA-256 of a value's text in which nothing that a message can hold is lost: NaN, infinities, -0, large integers, maps. */
export function digestOf(value: unknown): string {
  const text = JSON.stringify(value, (_key, item: unknown) => {
    if (item instanceof Map) return [...(item as Map<unknown, unknown>)];
    if (typeof item === 'bigint') return `int ${String(item)}`;
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0))) {
      return `double ${Object.is(item, -0) ? '-0' : String(item)}`;
    }
    return item;
  });
  return createHash('sha256').update(text).digest('hex');
}

/** What two runs must have in common to be the same, by the name that a report gives it; where artifacts lie is none of it. */
export type RunDigests = Readonly<Record<'attributes' | 'params' | 'tags' | 'metrics' | 'links', string>>;

export function digestsOfRun({ info, params, tags, metrics, links = noLinks }: Run, stage: LifecycleStage): RunDigests {
  const { runId, experimentId, runName, userId, status, startTime, endTime } = info;
  return {
    attributes: digestOf([runId, experimentId, runName, userId, status, startTime, endTime ?? null, stage]),
    params: digestOf(params),
    tags: digestOf(tags),
    metrics: digestOf([...metrics.values()].map(pointOf)),
    links: digestOf([
      links.datasets.map(({ name, digest, tags: own }) => [name, digest, own]),
      links.modelInputs,
      links.modelOutputs.map(({ modelId, step }) => [modelId, step]),
    ]),
  };
}

/** The parts in which two differ. */
export const differences = <Part extends string>(
  a: Readonly<Record<Part, string>>,
  b: Readonly<Record<Part, string>>,
): readonly Part[] => (Object.keys(a) as Part[]).filter((part) => a[part] !== b[part]);

/** A metric's points, in whatever order they come, in that of histories and each once. */
export function ordered(points: readonly MetricPoint[]): readonly MetricPoint[] {
  const sorted = [...points].sort(compareHistory);
  return sorted.filter((point, i) => i === 0 || compareHistory(point, sorted[i - 1] as MetricPoint) !== 0);
}

const pointOf = ({ key, value, timestamp, step }: MetricPoint): readonly unknown[] => [key, value, timestamp, step];

export function digestOfModel({ info, metrics }: LoggedModel): string {
  const { modelId, experimentId, name, creationTime, lastUpdateTime, status, modelType, sourceRunId } = info;
  return digestOf([
    ...[modelId, experimentId, name, creationTime, lastUpdateTime, status, modelType, sourceRunId],
    ...[info.params, info.tags],
    metrics.map((metric) => [...pointOf(metric), metric.runId, metric.dataset?.name, metric.dataset?.digest]),
  ]);
}
