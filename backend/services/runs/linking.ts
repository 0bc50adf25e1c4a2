import { brief } from '../../brief.ts';
import { MlflowError } from '../../errors.ts';
import { datasetContextTag } from '../../entities/dataset.ts';
import type { DatasetId } from '../../entities/dataset.ts';
import { inKeyOrder } from '../../entities/order.ts';
import type { DatasetLink, ModelOutput, Run, RunLinks } from '../../entities/run.ts';
import { noLinks } from '../../entities/run.ts';
import type { DatasetStore, RunPatch } from '../../stores/contract/index.ts';
import { checkRunId } from '../validation/ids.ts';
import { checkLoggedDataset } from './datasets.ts';
import type { LiveRuns } from './live-runs.ts';
import { historyTag, modelEntry, withEntry } from './model-history.ts';
import type { LoggedDataset, RunService } from './service.ts';

type Linking = Pick<RunService, 'logInputs' | 'logOutputs' | 'logModel'>;

/** What a run used and made. */
export function createLinking(liveRuns: LiveRuns, datasets: DatasetStore): Linking {
  return {
    async logInputs(context, runId, logged, modelIds) {
      checkRunId(runId);
      logged.forEach(checkLoggedDataset);
      const distinct = distinctDatasets(logged);
      const decide = ({ links = noLinks }: Run): RunPatch => ({ links: withInputs(links, distinct, modelIds) });
      // The datasets first: a run never names one that is not there.
      const run = await liveRuns.check(context, runId, { links: true }, decide);
      for (const { dataset, tags } of newDatasets(run.links ?? noLinks, distinct)) {
        const usedFor = tags.find(({ key }) => key === datasetContextTag)?.value;
        await datasets.register(context, run.info.experimentId, dataset, usedFor);
      }
      await liveRuns.change(context, runId, { links: true }, decide);
    },

    async logOutputs(context, runId, models) {
      await liveRuns.change(context, runId, { links: true }, ({ links = noLinks }) => ({
        links: withOutputs(links, models),
      }));
    },

    async logModel(context, runId, modelJson) {
      const entry = modelEntry(modelJson);
      await liveRuns.change(context, runId, { tags: [historyTag] }, ({ tags }) => ({
        setTags: new Map([[historyTag, withEntry(tags.get(historyTag), entry)]]),
      }));
    },
  };
}

const idOf = ({ name, digest }: DatasetId): string => JSON.stringify([name, digest]);

/** Of those with one name and digest the first. */
function distinctDatasets(logged: readonly LoggedDataset[]): readonly LoggedDataset[] {
  const first = new Map<string, LoggedDataset>();
  for (const one of logged) if (!first.has(idOf(one.dataset))) first.set(idOf(one.dataset), one);
  return [...first.values()];
}

function newDatasets(links: RunLinks, logged: readonly LoggedDataset[]): readonly LoggedDataset[] {
  const known = new Set(links.datasets.map(idOf));
  return logged.filter(({ dataset }) => !known.has(idOf(dataset)));
}

function withInputs(links: RunLinks, logged: readonly LoggedDataset[], modelIds: readonly string[]): RunLinks {
  return {
    ...links,
    datasets: [...links.datasets, ...newDatasets(links, logged).map(linkOf)],
    modelInputs: [...new Set([...links.modelInputs, ...modelIds])],
  };
}

function linkOf({ dataset: { name, digest }, tags }: LoggedDataset): DatasetLink {
  const map = new Map<string, string>();
  for (const { key, value } of tags) {
    // MLflow's server answers with this code, and its database's words.
    if (map.has(key)) throw new MlflowError('BAD_REQUEST', brief`The dataset '${name}' has tag '${key}' twice.`);
    map.set(key, value);
  }
  return { name, digest, tags: inKeyOrder(map) };
}

function withOutputs(links: RunLinks, models: readonly ModelOutput[]): RunLinks {
  const known = new Set(links.modelOutputs.map(({ modelId }) => modelId));
  for (const { modelId } of models) {
    if (known.has(modelId)) {
      throw new MlflowError('BAD_REQUEST', brief`The run has '${modelId}' among its model outputs already.`);
    }
    known.add(modelId);
  }
  return { ...links, modelOutputs: [...links.modelOutputs, ...models] };
}
