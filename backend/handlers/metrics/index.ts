import type { Handlers } from '../../handler.ts';
import { getHistoryBulkInterval } from './get-history-bulk-interval.ts';
import { getHistoryBulk } from './get-history-bulk.ts';
import { getHistory } from './get-history.ts';

export const metricHandlers = {
  'metrics.getHistory': getHistory,
  'metrics.getHistoryBulk': getHistoryBulk,
  'metrics.getHistoryBulkInterval': getHistoryBulkInterval,
} satisfies Partial<Handlers>;
