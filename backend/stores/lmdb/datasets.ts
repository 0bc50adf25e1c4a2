import type { CallContext } from '../../call-context.ts';
import type { Dataset, DatasetSummary } from '../../entities/dataset.ts';
import type { DatasetKey, DatasetStore } from '../contract/index.ts';
import type { Environment } from './environment.ts';
import { readEach } from './give-way.ts';
import { datasetKey, datasetUseKey, isPlainId, rowsOf } from './keys.ts';
import { decodeDataset, decodeUse, encodeDataset, encodeUse } from './link-codec.ts';
import { pagesOf } from './pages.ts';
import type { Entry } from './table.ts';

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
    if (this.#env.datasets.has(row) && this.#env.datasetUses.has(use)) return;
    await this.#env.write(() => {
      if (!this.#env.datasets.has(row)) this.#env.datasets.put(row, encodeDataset(dataset));
      this.#env.datasetUses.put(use, encodeUse({ ...key, context: usedFor }));
    });
  }

  async getMany(context: CallContext, keys: readonly DatasetKey[]): Promise<readonly (Dataset | undefined)[]> {
    return readEach(context, keys, (key) => {
      return isPlainId(key.experimentId) ? this.#env.datasets.get(datasetKey(key), decodeDataset) : undefined;
    });
  }

  async *scan(context: CallContext, experimentIds: readonly string[]): AsyncIterable<readonly DatasetSummary[]> {
    for (const experimentId of new Set(experimentIds)) {
      if (!isPlainId(experimentId)) continue;
      const decode = ({ value }: Entry<unknown>): DatasetSummary => decodeUse(experimentId, value);
      yield* pagesOf(context, this.#env.datasetUses, decode, pageSize, rowsOf(experimentId));
    }
  }
}
