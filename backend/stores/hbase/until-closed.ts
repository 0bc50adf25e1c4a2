import { StoreUnavailable } from '../contract/index.ts';
import type { Removals, Store } from '../contract/index.ts';

/**
 * The same store, whose `close` waits for what is under way before it lets go. A scan may be left by its reader at any
 * time, so it is not waited for.
 */
export function untilClosed(store: Store): Store {
  const { experiments, runs, datasets, loggedModels, registeredModels, removals } = store;
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  async function tracked<T>(work: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('The store is closed.');
    const promise = work();
    underWay.add(promise);
    try {
      return await promise;
    } finally {
      underWay.delete(promise);
    }
  }

  const trackedRemovals = <Info>(of: Removals<Info>): Removals<Info> => ({
    begin: (id, isWanted) => tracked(() => of.begin(id, isWanted)),
    undo: (info) => tracked(() => of.undo(info)),
    decide: (info) => tracked(() => of.decide(info)),
    finish: (info) => tracked(() => of.finish(info)),
  });

  const close = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await store.close();
  };

  return {
    experiments: {
      create: (experiment) => tracked(() => experiments.create(experiment)),
      createAs: (experiment) => tracked(() => experiments.createAs(experiment)),
      get: (id) => tracked(() => experiments.get(id)),
      getByName: (name) => tracked(() => experiments.getByName(name)),
      update: (id, decide) => tracked(() => experiments.update(id, decide)),
      scan: () => experiments.scan(),
    },
    runs: {
      create: (run) => tracked(() => runs.create(run)),
      get: (id, parts) => tracked(() => runs.get(id, parts)),
      getMany: (ids, parts) => tracked(() => runs.getMany(ids, parts)),
      update: (id, parts, decide) => tracked(() => runs.update(id, parts, decide)),
      scan: (scan) => runs.scan(scan),
      history: (id, key, page) => tracked(() => runs.history(id, key, page)),
    },
    datasets: {
      register: (experimentId, dataset, context) => tracked(() => datasets.register(experimentId, dataset, context)),
      getMany: (keys) => tracked(() => datasets.getMany(keys)),
      scan: (experimentIds) => datasets.scan(experimentIds),
    },
    loggedModels: {
      create: (info) => tracked(() => loggedModels.create(info)),
      get: (id, metrics) => tracked(() => loggedModels.get(id, metrics)),
      getMany: (ids, metrics) => tracked(() => loggedModels.getMany(ids, metrics)),
      update: (id, decide) => tracked(() => loggedModels.update(id, decide)),
      addMetrics: (id, metrics) => tracked(() => loggedModels.addMetrics(id, metrics)),
      scan: (scan) => loggedModels.scan(scan),
    },
    registeredModels: {
      create: (model) => tracked(() => registeredModels.create(model)),
      get: (name, versions) => tracked(() => registeredModels.get(name, versions)),
      getMany: (names, versions) => tracked(() => registeredModels.getMany(names, versions)),
      update: (name, decide) => tracked(() => registeredModels.update(name, decide)),
      delete: (name) => tracked(() => registeredModels.delete(name)),
      scan: (scan) => registeredModels.scan(scan),
      namesOfRuns: (runIds) => tracked(() => registeredModels.namesOfRuns(runIds)),
    },
    removals: {
      runs: { ...trackedRemovals(removals.runs), scan: (ids) => removals.runs.scan(ids) },
      loggedModels: { ...trackedRemovals(removals.loggedModels), scan: (ids) => removals.loggedModels.scan(ids) },
      experiments: { ...trackedRemovals(removals.experiments), scan: () => removals.experiments.scan() },
    },
    check: () => tracked(() => store.check()),
    close: () => (closed ??= close()),
  };
}
