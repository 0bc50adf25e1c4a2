import type { Sequence } from '../sequence.ts';
import { experiments } from './experiments.ts';
import { logBatch } from './log-batch.ts';
import { logMetricGroup } from './log-metric.ts';
import { params } from './params.ts';
import { runs } from './runs.ts';
import { serverFailures } from './server-failures.ts';
import { tags } from './tags.ts';

/** All sequences by group: a group is a file of this folder and one of ../recorded. */
export const groups: Readonly<Record<string, readonly Sequence[]>> = {
  experiments,
  runs,
  params,
  tags,
  'log-metric': logMetricGroup,
  'log-batch': logBatch,
  'server-failures': serverFailures,
};
