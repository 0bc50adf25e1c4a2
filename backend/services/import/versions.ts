import type { CallContext } from '../../call-context.ts';
import type { ModelStage, ModelVersion } from '../../entities/registered-model.ts';
import { stageOf } from '../../entities/registered-model.ts';
import { notBefore } from '../../entities/time.ts';
import { digestOf } from './canonical.ts';
import type { Job } from './job.ts';
import { importOnce } from './records.ts';
import type { SourceModel, SourceVersion } from './source.ts';

/**
 * Imports a version under its own number, where that is free; numbers before it that the source has no version of are used
 * up. It comes with its stage and with those of its aliases that the model has not given here, all as one step.
 * @returns 'no place' where the model is not here any more
 */
export async function copyVersion(
  context: CallContext,
  job: Job,
  source: SourceModel,
  version: SourceVersion,
): Promise<'no place' | undefined> {
  const { name, creationTime } = source;
  const { version: number, stage } = version;
  const aliases = [...source.aliases].filter(([, of]) => of === number).map(([alias]) => alias);
  let noPlace = false;
  const read = () => job.store.registeredModels.get(context, name, () => [number]);
  const entity = ['version', name, creationTime, number] as const;
  const isComplete = await importOnce(context, job, entity, [partsOf(version, stage), aliases], {
    async find(isBegun) {
      const there = await read();
      if (there?.model.creationTime !== creationTime) {
        noPlace = true;
        return 'no place';
      }
      if (there.model.stages.length < number) return 'nothing';
      const found = there.versions.get(number);
      // What was deleted since stays so.
      if (isBegun && (found === undefined || isSame(found, version))) return 'begun';
      return { taken: `version ${String(number)} of '${name}': here its number is taken` };
    },
    async make() {
      const added = addedOf(job, version);
      await job.store.registeredModels.update(context, name, (current) => {
        const skipVersions = number - 1 - current.stages.length;
        if (skipVersions < 0) return {};
        const free = aliases.filter((alias) => !current.aliases.has(alias));
        return {
          ...{ skipVersions, addVersion: added, setStages: new Map([[number, stage]]) },
          setAliases: new Map(free.map((alias) => [alias, number])),
          lastUpdatedTime: notBefore(current.lastUpdatedTime, source.lastUpdatedTime),
        };
      });
      const { model, versions } = (await read()) ?? {};
      const found = versions?.get(number);
      const wanted = partsOf({ ...added, version: number }, stage);
      if (!model || !found || digestOf(partsOf(found, stageOf(model, number))) !== digestOf(wanted)) {
        return [`version ${String(number)} of '${name}' differs from the source`];
      }
      const missing = aliases.filter((alias) => model.aliases.get(alias) !== number);
      for (const alias of missing) {
        job.problems.push(`alias '${alias}' of '${name}': here it is another version's than ${String(number)}`);
      }
      return [];
    },
  });
  if (isComplete) job.progress.versions++;
  return noPlace ? 'no place' : undefined;
}

const isSame = (a: ModelVersion, b: ModelVersion): boolean => a.creationTime === b.creationTime && a.runId === b.runId;

function addedOf({ roots }: Job, found: SourceVersion): Omit<ModelVersion, 'version'> {
  const { creationTime, lastUpdatedTime, description, runId, runLink, tags } = found;
  return {
    ...{ creationTime, lastUpdatedTime, description, runId, runLink, tags },
    source: roots.rewritten(found.source),
    storageLocation: roots.rewritten(found.storageLocation),
  };
}

const partsOf = (version: ModelVersion, stage: ModelStage | undefined): readonly unknown[] => [
  ...[version.version, version.creationTime, version.lastUpdatedTime, version.description ?? null, version.source],
  ...[version.storageLocation, version.runId, version.runLink, version.tags, stage],
];
