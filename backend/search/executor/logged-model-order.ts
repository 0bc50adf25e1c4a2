import { compareInt64 } from '../../entities/int64.ts';
import type { LoggedModel, ModelMetric } from '../../entities/logged-model.ts';
import type { ModelPosition } from '../../stores/contract/index.ts';
import type { LoggedModelOrder } from '../logged-model-order.ts';
import { attributeValue } from './logged-models.ts';
import type { SortValue } from './sort-value.ts';
import { compareByKeys } from './sort-value.ts';

/** Where a logged model stands in an order: its values, then its creation time and id, which break ties. */
export interface LoggedModelPosition extends ModelPosition {
  readonly values: readonly SortValue[];
}

export interface CompiledLoggedModelOrder {
  /** The metrics that the order looks at. */
  readonly metrics: readonly string[];
  /** The order is that of a newest-first scan. */
  readonly isNewestFirst: boolean;
  positionOf(model: LoggedModel): LoggedModelPosition;
  compare(a: LoggedModelPosition, b: LoggedModelPosition): number;
}

/** Ties go by creation time, newest first, unless the order names it; then by model id. */
export function compileLoggedModelOrder(orders: readonly LoggedModelOrder[]): CompiledLoggedModelOrder {
  const readers = orders.map(reader);
  const byTime = orders.some(({ key }) => key === 'creationTime');
  return {
    metrics: orders.flatMap((order) => (order.of === 'metric' ? [order.key] : [])),
    isNewestFirst: isNewestFirst(orders),
    positionOf: (model) => ({
      values: readers.map((read) => read(model)),
      creationTime: model.info.creationTime,
      modelId: model.info.modelId,
    }),
    compare: (a, b) => {
      const order = compareByKeys(orders, a.values, b.values);
      if (order !== 0) return order;
      const newest = byTime ? 0 : b.creationTime - a.creationTime;
      return newest || (a.modelId < b.modelId ? -1 : a.modelId > b.modelId ? 1 : 0);
    },
  };
}

function isNewestFirst([first, ...more]: readonly LoggedModelOrder[]): boolean {
  return first === undefined || (first.key === 'creationTime' && !first.ascending && more.length === 0);
}

function reader(order: LoggedModelOrder): (model: LoggedModel) => SortValue {
  switch (order.of) {
    case 'attribute':
      return ({ info }) => attributeValue(info, order.key);
    case 'time':
      return ({ info }) => info[order.key];
    case 'metric': {
      const { key, datasetName, datasetDigest } = order;
      const counts = (metric: ModelMetric): boolean =>
        metric.key === key &&
        (datasetName === '' || metric.dataset?.name === datasetName) &&
        (datasetDigest === '' || metric.dataset?.digest === datasetDigest);
      return ({ metrics }) => latest(metrics.filter(counts))?.value;
    }
  }
}

/** The latest by timestamp, then step, then the first run id. */
function latest(metrics: readonly ModelMetric[]): ModelMetric | undefined {
  return metrics.reduce<ModelMetric | undefined>((best, metric) => {
    if (best === undefined) return metric;
    const later = compareInt64(metric.timestamp, best.timestamp) || compareInt64(metric.step, best.step);
    return later > 0 || (later === 0 && metric.runId < best.runId) ? metric : best;
  }, undefined);
}
