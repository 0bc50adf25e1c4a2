import type { CallContext } from '../../call-context.ts';
import type { Dataset, DatasetSummary } from '../../entities/dataset.ts';
import type { DatasetKey, DatasetStore } from '../contract/index.ts';
import type { Environment } from './environment.ts';
import { readEach } from './give-way.ts';
import { datasetKey, datasetUseKey, isPlainId, rowsOf } from './keys.ts';
import { decodeDataset, decodeUse, encodeDataset, encodeUse } from './link-codec.ts';
import { pagesOf } from './pages.ts';

const pageSize = 500;

export class LmdbDatasets implements DatasetStore {
  readonly #env: Environment;

  constructor(environment: Environment) {
    this.#env = environment;
  }

  async register(
    context: CallContext,
    experimentId: string,
    dataset: Dataset,
    usedFor: string | undefined,
  ): Promise<void> {
    const key = { experimentId, name: dataset.name, digest: dataset.digest };
    const [row, use] = [datasetKey(key), datasetUseKey(key, usedFor)];
    if (this.#env.datasets.doesExist(row) && this.#env.datasetUses.doesExist(use)) return;
    await this.#env.write(() => {
      if (!this.#env.datasets.doesExist(row)) this.#env.datasets.putSync(row, encodeDataset(dataset));
      this.#env.datasetUses.putSync(use, encodeUse({ ...key, context: usedFor }));
    });
  }

  async getMany(context: CallContext, keys: readonly DatasetKey[]): Promise<readonly (Dataset | undefined)[]> {
    return readEach(context, keys, (key) => {
      const record = isPlainId(key.experimentId) ? this.#env.datasets.get(datasetKey(key)) : undefined;
      return record === undefined ? undefined : decodeDataset(record);
    });
  }

  async *scan(context: CallContext, experimentIds: readonly string[]): AsyncIterable<readonly DatasetSummary[]> {
    for (const experimentId of new Set(experimentIds)) {
      if (!isPlainId(experimentId)) continue;
      for await (const page of pagesOf(context, this.#env.datasetUses, pageSize, rowsOf(experimentId))) {
        yield page.map(({ value }) => decodeUse(experimentId, value));
      }
    }
  }
}
