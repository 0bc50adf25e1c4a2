import type { Handlers } from '../../handler.ts';
import { create } from './create.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteLoggedModel } from './delete.ts';
import { finalize } from './finalize.ts';
import { getArtifact } from './get-artifact.ts';
import { get } from './get.ts';
import { listArtifacts } from './list-artifacts.ts';
import { logParams } from './log-params.ts';
import { searchLoggedModels } from './search.ts';
import { setTags } from './set-tags.ts';

export const loggedModelHandlers = {
  'loggedModels.create': create,
  'loggedModels.search': searchLoggedModels,
  'loggedModels.get': get,
  'loggedModels.finalize': finalize,
  'loggedModels.delete': deleteLoggedModel,
  'loggedModels.logParams': logParams,
  'loggedModels.setTags': setTags,
  'loggedModels.deleteTag': deleteTag,
  'loggedModels.listArtifacts': listArtifacts,
  'loggedModels.getArtifact': getArtifact,
} satisfies Partial<Handlers>;
