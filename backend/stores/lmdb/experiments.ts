import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { ExperimentPatch, ExperimentStore, NameTaken, NewExperiment } from '../contract/index.ts';
import { decodeExperiment, encodeExperiment } from './codec.ts';
import type { Environment } from './environment.ts';
import { experimentKey, nameKey } from './keys.ts';
import { pagesOf } from './pages.ts';
import type { Entry } from './table.ts';
import { inKeyOrder } from '../../entities/order.ts';

const counter = 'next-experiment';
const pageSize = 200;

export class LmdbExperiments implements ExperimentStore {
  readonly #env: Environment;

  constructor(environment: Environment) {
    this.#env = environment;
  }

  async create(context: CallContext, experiment: NewExperiment): Promise<Experiment | NameTaken> {
    return this.#env.write(() => {
      const name = nameKey(experiment.name);
      if (this.#env.names.get(name) !== undefined) return 'name taken';
      const number = this.#env.meta.get(counter) ?? 0;
      const experimentId = String(number);
      const created: Experiment = {
        experimentId,
        name: experiment.name,
        artifactLocation: experiment.artifactLocation(experimentId),
        lifecycle: { stage: 'active', epoch: 0, changedAt: experiment.creationTime },
        creationTime: experiment.creationTime,
        lastUpdateTime: experiment.creationTime,
        tags: inKeyOrder(experiment.tags),
      };
      this.#env.meta.put(counter, number + 1);
      this.#env.names.put(name, experimentId);
      this.#put(created);
      return created;
    });
  }

  async createAs(context: CallContext, experiment: Experiment): Promise<'created' | 'id taken' | NameTaken> {
    return this.#env.write(() => {
      const { experimentId } = experiment;
      const next = this.#env.meta.get(counter) ?? 0;
      if (Number(experimentId) < next) return 'id taken';
      if (this.#env.names.get(nameKey(experiment.name)) !== undefined) return 'name taken';
      this.#put({ ...experiment, tags: inKeyOrder(experiment.tags) });
      this.#env.meta.put(counter, Number(experimentId) + 1);
      this.#env.names.put(nameKey(experiment.name), experimentId);
      return 'created';
    });
  }

  async get(context: CallContext, experimentId: string): Promise<Experiment | undefined> {
    return this.#get(experimentId);
  }

  async getByName(context: CallContext, name: string): Promise<Experiment | undefined> {
    const experimentId = this.#env.names.get(nameKey(name));
    return experimentId === undefined ? undefined : this.#get(experimentId);
  }

  async update(
    context: CallContext,
    experimentId: string,
    decide: (current: Experiment) => ExperimentPatch,
  ): Promise<Experiment | NameTaken | undefined> {
    return this.#env.write(() => {
      const current = this.#get(experimentId);
      if (current === undefined) return undefined;
      const { setTags, deleteTags, ...attributes } = decide(current);
      const next: Experiment = { ...current, ...attributes, tags: changedTags(current.tags, setTags, deleteTags) };
      if (next.name !== current.name) {
        if (this.#env.names.get(nameKey(next.name)) !== undefined) return 'name taken';
        this.#env.names.remove(nameKey(current.name));
        this.#env.names.put(nameKey(next.name), experimentId);
      }
      this.#put(next);
      return next;
    });
  }

  async *scan(context: CallContext): AsyncIterable<readonly Experiment[]> {
    const decode = ({ key, value }: Entry<unknown>): Experiment =>
      decodeExperiment(String(key.readBigUInt64BE()), value);
    yield* pagesOf(context, this.#env.experiments, decode, pageSize, { reverse: true });
  }

  #get(experimentId: string): Experiment | undefined {
    const key = experimentKey(experimentId);
    return key && this.#env.experiments.get(key, (record) => decodeExperiment(experimentId, record));
  }

  #put(experiment: Experiment): void {
    const key = experimentKey(experiment.experimentId);
    if (key === undefined) throw new RangeError(`No experiment id: ${experiment.experimentId}`);
    this.#env.experiments.put(key, encodeExperiment(experiment));
  }
}

function changedTags(
  tags: ReadonlyMap<string, string>,
  set: ReadonlyMap<string, string> = new Map(),
  remove: readonly string[] = [],
): ReadonlyMap<string, string> {
  const changed = new Map([...tags, ...set]);
  for (const key of remove) changed.delete(key);
  return inKeyOrder(changed);
}
