import { compareInt64 } from '../../entities/int64.ts';
import type { Run } from '../../entities/run.ts';
import type { ScanPosition } from '../../stores/contract/index.ts';
import type { RunOrder } from '../order-by.ts';
import type { NamedParts } from './parts.ts';
import type { SortValue } from './sort-value.ts';
import { compareByKeys } from './sort-value.ts';

/** Where a run stands in an order: its values, then its start time and id, which break ties. */
export interface RunPosition extends ScanPosition {
  readonly values: readonly SortValue[];
}

/** An order ready to sort many runs. */
export interface CompiledRunOrder {
  /** What of a run the order looks at. */
  readonly parts: NamedParts;
  /** The order is that of a newest-first scan. */
  readonly isNewestFirst: boolean;
  positionOf(run: Run): RunPosition;
  compare(a: RunPosition, b: RunPosition): number;
}

/** Ties go by start time, newest first, unless the order names it; then by run id. */
export function compileRunOrder(orders: readonly RunOrder[]): CompiledRunOrder {
  const readers = orders.map(reader);
  const byStartTime = orders.some(({ of, key }) => of === 'attribute' && key === 'start_time');
  const keysOf = (of: RunOrder['of']): string[] => orders.flatMap((order) => (order.of === of ? [order.key] : []));
  return {
    parts: { metrics: keysOf('metric'), params: keysOf('parameter'), tags: keysOf('tag') },
    isNewestFirst: isNewestFirst(orders),
    positionOf: (run) => ({
      values: readers.map((read) => read(run)),
      startTime: run.info.startTime,
      runId: run.info.runId,
    }),
    compare: (a, b) => {
      const order = compareByKeys(orders, a.values, b.values);
      if (order !== 0) return order;
      const newest = byStartTime ? 0 : compareInt64(b.startTime, a.startTime);
      return newest || (a.runId < b.runId ? -1 : a.runId > b.runId ? 1 : 0);
    },
  };
}

/** A scan's order: start time descending, then run id ascending, which decides whatever follows. */
function isNewestFirst([first, second]: readonly RunOrder[]): boolean {
  if (first === undefined) return true;
  if (first.of !== 'attribute' || first.key !== 'start_time' || first.ascending) return false;
  return second === undefined || (second.of === 'attribute' && second.key === 'run_id' && second.ascending);
}

type AttributeKey = Extract<RunOrder, { of: 'attribute' }>['key'];

function reader(order: RunOrder): (run: Run) => SortValue {
  switch (order.of) {
    case 'metric':
      return ({ metrics }) => metrics.get(order.key)?.value;
    case 'parameter':
      return ({ params }) => params.get(order.key);
    case 'tag':
      return ({ tags }) => tags.get(order.key);
    case 'attribute':
      return attributeReader(order.key);
  }
}

function attributeReader(key: AttributeKey): (run: Run) => SortValue {
  switch (key) {
    case 'run_id':
      return ({ info }) => info.runId;
    case 'run_name':
      return ({ info }) => info.runName;
    case 'status':
      return ({ info }) => info.status;
    case 'user_id':
      return ({ info }) => info.userId;
    case 'artifact_uri':
      return ({ info }) => info.artifactUri;
    case 'start_time':
      return ({ info }) => info.startTime;
    case 'end_time':
      return ({ info }) => info.endTime;
  }
}
