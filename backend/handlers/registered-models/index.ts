import type { Handlers } from '../../handler.ts';
import { create } from './create.ts';
import { deleteAlias } from './delete-alias.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteModel } from './delete.ts';
import { getByAlias } from './get-by-alias.ts';
import { get } from './get.ts';
import { latestVersions } from './latest-versions.ts';
import { rename } from './rename.ts';
import { setAlias } from './set-alias.ts';
import { setTag } from './set-tag.ts';
import { update } from './update.ts';

/** All of the registered models but their search. */
export const registeredModelHandlers = {
  'registeredModels.create': create,
  'registeredModels.get': get,
  'registeredModels.update': update,
  'registeredModels.rename': rename,
  'registeredModels.delete': deleteModel,
  'registeredModels.setTag': setTag,
  'registeredModels.deleteTag': deleteTag,
  'registeredModels.latestVersions': latestVersions,
  'registeredModels.latestVersionsByQuery': latestVersions,
  'registeredModels.setAlias': setAlias,
  'registeredModels.getByAlias': getByAlias,
  'registeredModels.deleteAlias': deleteAlias,
} satisfies Partial<Handlers>;
