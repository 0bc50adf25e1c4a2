import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError, doesNotExist, invalidParameter } from '../../errors.ts';
import { alreadyExists } from '../../errors.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import { notBefore } from '../../entities/time.ts';
import type { ExperimentPatch, ExperimentStore } from '../../stores/contract/index.ts';
import { checkArtifactLocation } from '../validation/artifact-location.ts';
import { parseExperimentId } from '../validation/ids.ts';
import { checkLength } from '../validation/length.ts';
import { limits } from '../validation/limits.ts';
import { defaultRules } from '../validation/rules.ts';
import type { Rules } from '../validation/rules.ts';
import type { ExperimentService } from './service.ts';
import { checkCustomView, checkExperimentTag, checkNewCustomViews, tagMap } from './tags.ts';

/** @param now the clock, in ms since 1970 */
export function createExperimentService(
  experiments: ExperimentStore,
  { rules = defaultRules, now = Date.now }: { readonly rules?: Rules | undefined; readonly now?: () => number } = {},
): ExperimentService {
  async function update(
    context: CallContext,
    experimentId: string,
    decide: (current: Experiment) => ExperimentPatch,
  ): Promise<void> {
    const id = parseExperimentId(experimentId);
    const updated = await experiments.update(context, id, decide);
    if (updated === undefined) throw noSuchExperiment(id);
    if (updated === 'name taken') throw new MlflowError('BAD_REQUEST', 'An experiment of this name already exists.');
  }

  async function changeStage(
    context: CallContext,
    experimentId: string,
    from: LifecycleStage,
    to: LifecycleStage,
  ): Promise<void> {
    await update(context, experimentId, (current) => {
      const { stage, epoch } = current.lifecycle;
      if (stage !== from) throw noSuchExperiment(current.experimentId);
      const time = notBefore(current.creationTime, now());
      return { lifecycle: { stage: to, epoch: epoch + 1, changedAt: time }, lastUpdateTime: time };
    });
  }

  return {
    async create(context, { name, artifactLocation = '', tags }) {
      checkNewCustomViews(tags);
      if (artifactLocation !== '') checkArtifactLocation(artifactLocation, rules);
      checkExperimentName(name);
      for (const tag of tags) checkExperimentTag(tag);
      const created = await experiments.create(context, {
        name,
        artifactLocation: (id) => (artifactLocation === '' ? `mlflow-artifacts:/${id}` : artifactLocation),
        creationTime: now(),
        tags: tagMap(name, tags),
      });
      if (created === 'name taken') throw alreadyExists(brief`Experiment(name=${name}) already exists.`);
      return created.experimentId;
    },

    async get(context, experimentId) {
      const id = parseExperimentId(experimentId);
      const experiment = await experiments.get(context, id);
      if (experiment === undefined) throw noSuchExperiment(id);
      return experiment;
    },

    async getByName(context, name) {
      const experiment = await experiments.getByName(context, name);
      if (experiment === undefined) throw doesNotExist(brief`Could not find experiment with name '${name}'`);
      return experiment;
    },

    async rename(context, experimentId, name) {
      checkExperimentName(name);
      await update(context, experimentId, (current) => {
        if (current.lifecycle.stage !== 'active') {
          throw new MlflowError('INVALID_STATE', 'Cannot rename a non-active experiment.');
        }
        const lastUpdateTime = notBefore(current.creationTime, now());
        return current.name === name ? { lastUpdateTime } : { name, lastUpdateTime };
      });
    },

    delete: (context, experimentId) => changeStage(context, experimentId, 'active', 'deleted'),
    restore: (context, experimentId) => changeStage(context, experimentId, 'deleted', 'active'),

    async setTag(context, experimentId, tag) {
      checkExperimentTag(tag);
      await update(context, experimentId, (current) => {
        checkCustomView(tag.key, current.tags, current.experimentId);
        checkActive(current);
        return { setTags: new Map([[tag.key, tag.value]]) };
      });
    },

    async deleteTag(context, experimentId, key) {
      await update(context, experimentId, (current) => {
        checkActive(current);
        if (!current.tags.has(key)) {
          throw doesNotExist(brief`No tag with name: ${key} in experiment with id ${experimentId}`);
        }
        return { deleteTags: [key] };
      });
    },
  };
}

/** @throws MlflowError where the experiment is deleted */
export function checkActive({ experimentId, lifecycle }: Experiment): void {
  if (lifecycle.stage === 'active') return;
  throw invalidParameter(
    brief`The experiment ${experimentId} must be in the 'active' state. Current state is ${lifecycle.stage}.`,
  );
}

export const noSuchExperiment = (id: string): MlflowError => doesNotExist(brief`No Experiment with id=${id} exists`);

function checkExperimentName(name: string): void {
  if (name === '') throw invalidParameter(brief`Invalid experiment name: '${name}'`);
  checkLength('name', name, limits.experimentName);
}
