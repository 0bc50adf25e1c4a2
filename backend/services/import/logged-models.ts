import type { CallContext } from '../../call-context.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import type { LoggedModel } from '../../entities/logged-model.ts';
import { appendToUri } from '../validation/uri.ts';
import { copyArtifacts } from './artifacts.ts';
import { digestOfModel } from './canonical.ts';
import type { Home } from './home.ts';
import type { Job } from './job.ts';
import { importOnce } from './records.ts';

/** Imports a logged model: itself, its points, its files. */
export async function copyLoggedModel(context: CallContext, job: Job, source: LoggedModel, home: Home): Promise<void> {
  const { modelId, artifactUri: from } = source.info;
  const { loggedModels } = job.store;
  const isProxied = proxiedRoot(from) !== undefined;
  const to = isProxied ? appendToUri(`mlflow-artifacts:/${home.experimentId}`, 'models', modelId, 'artifacts') : from;
  job.roots.add(from, to);
  const isComplete = await importOnce(context, job, ['logged model', modelId], digestOfModel(source), {
    async find(isBegun) {
      if (home.experiment === undefined) {
        home.leftOut.loggedModels++;
        return 'no place';
      }
      if ((await loggedModels.get(context, modelId, [])) === undefined) return 'nothing';
      return isBegun ? 'begun' : { taken: `logged model ${modelId} is here, and was not imported` };
    },
    async make() {
      await loggedModels.create(context, { ...source.info, artifactUri: to });
      await loggedModels.addMetrics(context, modelId, source.metrics);
      const there = await loggedModels.get(context, modelId, 'all');
      const same = there && digestOfModel(there) === digestOfModel(source);
      return same ? [] : [`logged model ${modelId} differs from the source`];
    },
    async complete(isNew) {
      const added = isNew ? 'added' : await loggedModels.addMetrics(context, modelId, source.metrics);
      return [
        ...(added === 'added' ? [] : [`logged model ${modelId} has other metrics than at the source`]),
        ...(await copyArtifacts(context, job, from, to)),
      ];
    },
  });
  if (isComplete) job.progress.loggedModels++;
  job.tell();
}
