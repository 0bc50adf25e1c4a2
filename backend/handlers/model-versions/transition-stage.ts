import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { ModelVersionResponse, TransitionModelVersionStage } from '../../wire/messages/model-versions.ts';
import { bool, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const transitionStage: Handler<'modelVersions.transitionStage'> = async (call, { modelVersions }) => {
  const request = readMessage(call, TransitionModelVersionStage, {
    name: [string, required],
    version: [string, required],
    stage: [string, required],
    archive_existing_versions: [bool],
  });
  const { name = '', version: number = '', stage = '', archive_existing_versions: archive = false } = request;
  const { model, version } = await modelVersions.transition(call.context, { name, version: number }, stage, archive);
  return reply(ModelVersionResponse, { model_version: modelVersionMessage(model, version, 'with aliases') });
};
