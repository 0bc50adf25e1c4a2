import type { CallContext } from '../../call-context.ts';
import { proxiedRoot } from '../../artifacts/uri.ts';
import type { LoggedModel } from '../../entities/logged-model.ts';
import { appendToUri } from '../validation/uri.ts';
import { copyArtifacts, verifyArtifacts } from './artifacts.ts';
import type { Checksums } from './artifacts.ts';
import { digestOf, digestOfModel } from './canonical.ts';
import type { Job } from './job.ts';

/** What a logged model was at the source, to be compared at the end. */
export interface ExpectedModel {
  readonly digest: string;
  readonly checksums: Checksums;
}

/** Copies a logged model: itself, its points, its files. A model that is there and is another is left alone. */
export async function copyLoggedModel(context: CallContext, job: Job, source: LoggedModel): Promise<ExpectedModel> {
  const { modelId, experimentId, artifactUri } = source.info;
  const isProxied = proxiedRoot(artifactUri) !== undefined;
  const location = `mlflow-artifacts:/${experimentId}`;
  const info = {
    ...source.info,
    artifactUri: isProxied ? appendToUri(location, 'models', modelId, 'artifacts') : artifactUri,
  };
  const there = await job.store.loggedModels.get(context, modelId, []);
  if (there === undefined) await job.store.loggedModels.create(context, info);
  let checksums: Checksums = new Map();
  if (there === undefined || digestOf(there.info) === digestOf(info)) {
    await job.store.loggedModels.addMetrics(context, modelId, source.metrics);
    checksums = await copyArtifacts(context, job, artifactUri, info.artifactUri);
  }
  job.progress.loggedModels++;
  job.tell();
  return { digest: digestOfModel(source), checksums };
}

export async function verifyLoggedModel(
  context: CallContext,
  job: Job,
  modelId: string,
  { digest, checksums }: ExpectedModel,
): Promise<void> {
  const there = await job.store.loggedModels.get(context, modelId, 'all');
  if (there === undefined) job.problems.push(`logged model ${modelId} is not there`);
  else if (digestOfModel(there) !== digest) job.problems.push(`logged model ${modelId} is there and is another`);
  if (there !== undefined) await verifyArtifacts(context, job, there.info.artifactUri, checksums);
}
