import type { Handlers } from '../../handler.ts';
import { create } from './create.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteExperiment } from './delete.ts';
import { getByName } from './get-by-name.ts';
import { get } from './get.ts';
import { restoreExperiment } from './restore.ts';
import { setTag } from './set-tag.ts';
import { update } from './update.ts';

/** All of the area but its searches. */
export const experimentHandlers = {
  'experiments.create': create,
  'experiments.get': get,
  'experiments.getByName': getByName,
  'experiments.update': update,
  'experiments.delete': deleteExperiment,
  'experiments.restore': restoreExperiment,
  'experiments.setTag': setTag,
  'experiments.deleteTag': deleteTag,
} satisfies Partial<Handlers>;
