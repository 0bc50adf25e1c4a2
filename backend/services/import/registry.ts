import type { CallContext } from '../../call-context.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { versionNumbers } from '../../entities/registered-model.ts';
import type { RegisteredModelPatch } from '../../stores/contract/index.ts';
import { noVersions } from '../../stores/contract/index.ts';
import { rewritten } from './artifacts.ts';
import { digestOf } from './canonical.ts';
import { ImportRefused } from './job.ts';
import type { Job } from './job.ts';
import type { SourceModel, SourceVersion } from './source.ts';

/** Stands in for a number that the source has no version of, until it is deleted, too. */
const placeholder: Omit<ModelVersion, 'version'> = {
  ...{ creationTime: 0, lastUpdatedTime: 0, source: '', storageLocation: '', runId: '', runLink: '' },
  tags: new Map(),
};

/** Why models cannot come, a line each: a name is another's. One of the same time of creation is an earlier call's. */
export async function reasonsAgainstModels(
  context: CallContext,
  { store }: Job,
  models: readonly SourceModel[],
): Promise<readonly string[]> {
  const reasons: string[] = [];
  for (const { name, creationTime } of models) {
    const there = await store.registeredModels.get(context, name, noVersions);
    if (there !== undefined && there.model.creationTime !== creationTime) {
      reasons.push(`registered model '${name}': here that is another, which was not imported`);
    }
  }
  return reasons;
}

/**
 * Copies a registered model with its versions, in order of their numbers, then what is said of all of them at once. Numbers
 * that the source has no version of are used up. It goes on behind the last version that is there.
 */
export async function copyRegisteredModel(context: CallContext, job: Job, source: SourceModel): Promise<void> {
  const { name, description, creationTime, tags } = source;
  const { registeredModels } = job.store;
  if ((await registeredModels.get(context, name, noVersions)) === undefined) {
    await registeredModels.create(context, { name, description, creationTime, tags });
  }
  const byNumber = new Map(source.versions.map((version) => [version.version, version]));
  const last = Math.max(0, ...byNumber.keys());
  for (;;) {
    const step = await registeredModels.update(context, name, (model) => nextStep(job, model, byNumber, last));
    if (step === undefined || step === 'name taken') throw new ImportRefused(`registered model '${name}' went away`);
    if (step.versions.size === 0 && step.model.stages.length >= last) break;
    job.tell();
  }
  await registeredModels.update(context, name, () => ({
    setStages: new Map(source.versions.map(({ version, stage }) => [version, stage])),
    setAliases: source.aliases,
    lastUpdatedTime: source.lastUpdatedTime,
  }));
  job.progress.registeredModels++;
  job.progress.versions += byNumber.size;
  job.tell();
}

/** The next version, or that a placeholder is deleted; nothing where all are there. */
function nextStep(
  job: Job,
  { stages }: RegisteredModel,
  wanted: ReadonlyMap<number, SourceVersion>,
  last: number,
): RegisteredModelPatch {
  const [number] = stages.flatMap((stage, i) => (stage !== undefined && !wanted.has(i + 1) && i < last ? [i + 1] : []));
  if (number !== undefined) return { deleteVersion: number };
  if (stages.length >= last) return {};
  const next = wanted.get(stages.length + 1);
  return { addVersion: next === undefined ? placeholder : versionOf(job, next) };
}

function versionOf(job: Job, found: SourceVersion): Omit<ModelVersion, 'version'> {
  const { creationTime, lastUpdatedTime, description, runId, runLink, tags } = found;
  return {
    ...{ creationTime, lastUpdatedTime, description, runId, runLink, tags },
    source: rewritten(job, found.source),
    storageLocation: rewritten(job, found.storageLocation),
  };
}

export async function verifyRegisteredModel(context: CallContext, job: Job, source: SourceModel): Promise<void> {
  const there = await job.store.registeredModels.get(context, source.name, versionNumbers);
  const wanted = source.versions.map((version) => [version.version, version.stage, parts(versionOf(job, version))]);
  const found =
    there && [...there.versions].map(([number, version]) => [number, there.model.stages[number - 1], parts(version)]);
  const same =
    there !== undefined && digestOf([modelParts(source), wanted]) === digestOf([modelParts(there.model), found]);
  if (!same) job.problems.push(`registered model '${source.name}' or a version of it differs from the source`);
}

const modelParts = ({
  description,
  creationTime,
  lastUpdatedTime,
  tags,
  aliases,
}: Omit<SourceModel, 'versions' | 'name'>) => [...[description, creationTime, lastUpdatedTime], ...[tags, aliases]];

const parts = (version: Omit<ModelVersion, 'version'>): readonly unknown[] => [
  ...[version.creationTime, version.lastUpdatedTime, version.description ?? null, version.source],
  ...[version.storageLocation, version.runId, version.runLink, version.tags],
];
