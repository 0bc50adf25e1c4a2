import type { Handlers } from '../../handler.ts';
import { create } from './create.ts';
import { deleteTag } from './delete-tag.ts';
import { deleteVersion } from './delete.ts';
import { getArtifact } from './get-artifact.ts';
import { getDownloadUri } from './get-download-uri.ts';
import { get } from './get.ts';
import { setTag } from './set-tag.ts';
import { transitionStage } from './transition-stage.ts';
import { update } from './update.ts';

/** All of the model versions but their search. */
export const modelVersionHandlers = {
  'modelVersions.create': create,
  'modelVersions.get': get,
  'modelVersions.update': update,
  'modelVersions.delete': deleteVersion,
  'modelVersions.transitionStage': transitionStage,
  'modelVersions.getDownloadUri': getDownloadUri,
  'modelVersions.setTag': setTag,
  'modelVersions.deleteTag': deleteTag,
  'root.getModelVersionArtifact': getArtifact,
} satisfies Partial<Handlers>;
