import type { Handlers } from '../../handler.ts';
import { create } from './create.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteRun } from './delete.ts';
import { get } from './get.ts';
import { logBatch } from './log-batch.ts';
import { logInputs } from './log-inputs.ts';
import { logMetric } from './log-metric.ts';
import { logModel } from './log-model.ts';
import { logOutputs } from './log-outputs.ts';
import { logParam } from './log-param.ts';
import { restoreRun } from './restore.ts';
import { setTag } from './set-tag.ts';
import { update } from './update.ts';

/** All of the area but its search. */
export const runHandlers = {
  'runs.create': create,
  'runs.get': get,
  'runs.update': update,
  'runs.delete': deleteRun,
  'runs.restore': restoreRun,
  'runs.logMetric': logMetric,
  'runs.logParam': logParam,
  'runs.logBatch': logBatch,
  'runs.logInputs': logInputs,
  'runs.logOutputs': logOutputs,
  'runs.logModel': logModel,
  'runs.setTag': setTag,
  'runs.deleteTag': deleteTag,
} satisfies Partial<Handlers>;
