import type { CallContext } from '../../call-context.ts';
import type { Run } from '../../entities/run.ts';
import type { DatasetKey, DatasetStore } from '../../stores/contract/index.ts';
import type { DatasetInput } from './service.ts';

/** The datasets that each of the runs used, in the runs' order: one read for all of them, and each dataset once. */
export async function datasetInputsOf(
  context: CallContext,
  datasets: DatasetStore,
  runs: readonly Run[],
): Promise<readonly (readonly DatasetInput[])[]> {
  const keys = new Map<string, DatasetKey>();
  for (const { info, links } of runs) {
    for (const { name, digest } of links?.datasets ?? []) {
      const key = { experimentId: info.experimentId, name, digest };
      keys.set(textOf(key), key);
    }
  }
  if (keys.size === 0) return runs.map(() => []);
  const read = await datasets.getMany(context, [...keys.values()]);
  const found = new Map([...keys.keys()].map((text, index) => [text, read[index]] as const));
  return runs.map(({ info: { experimentId }, links }) =>
    (links?.datasets ?? []).flatMap(({ name, digest, tags }) => {
      const dataset = found.get(textOf({ experimentId, name, digest }));
      return dataset ? [{ dataset, tags }] : [];
    }),
  );
}

const textOf = ({ experimentId, name, digest }: DatasetKey): string => JSON.stringify([experimentId, name, digest]);
