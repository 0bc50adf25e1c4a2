import type { CallContext } from '../../call-context.ts';
import type { RegisteredModel } from '../../entities/registered-model.ts';
import type { ImportedEntity } from '../../stores/contract/index.ts';
import { noVersions } from '../../stores/contract/index.ts';
import { digestOf } from './canonical.ts';
import type { Job } from './job.ts';
import { importOnce } from './records.ts';
import type { SourceModel } from './source.ts';
import { copyVersion } from './versions.ts';

export const registeredModelEntity = ({ name, creationTime }: SourceModel): ImportedEntity => [
  'registered model',
  name,
  creationTime,
];

/** Why a model that was not begun cannot come: its name is another's. */
export async function reasonAgainstModel(
  context: CallContext,
  { store }: Job,
  { name }: SourceModel,
): Promise<string | undefined> {
  const there = await store.registeredModels.get(context, name, noVersions);
  return there && `registered model '${name}': here that is another, which was not imported`;
}

/** Imports a registered model, and then its versions in order of their numbers, each by itself. */
export async function copyRegisteredModel(context: CallContext, job: Job, source: SourceModel): Promise<void> {
  const { name, description, creationTime, tags } = source;
  const { registeredModels } = job.store;
  const isComplete = await importOnce(context, job, registeredModelEntity(source), [description, tags], {
    async find(isBegun) {
      const there = await registeredModels.get(context, name, noVersions);
      if (isBegun && there?.model.creationTime === creationTime) return 'begun';
      const taken = await reasonAgainstModel(context, job, source);
      return taken === undefined ? 'nothing' : { taken };
    },
    async make() {
      await registeredModels.create(context, source);
      const there = (await registeredModels.get(context, name, noVersions))?.model;
      const same = there && digestOf(partsOf(there)) === digestOf(partsOf(source));
      return same ? [] : [`registered model '${name}' differs from the source`];
    },
  });
  if (isComplete) job.progress.registeredModels++;
  let leftOut = 0;
  for (const version of source.versions) {
    if (!isComplete || (await copyVersion(context, job, source, version)) === 'no place') leftOut++;
  }
  if (leftOut > 0) {
    const why = isComplete ? 'was renamed or deleted here' : 'was not imported';
    job.problems.push(`registered model '${name}' ${why}: ${String(leftOut)} versions of it were not imported`);
  }
  job.tell();
}

const partsOf = ({ description, creationTime, lastUpdatedTime, tags }: SourceModel | RegisteredModel) =>
  [description, creationTime, lastUpdatedTime, tags] as const;
