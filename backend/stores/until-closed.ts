import { StoreUnavailable } from './contract/index.ts';
import type { Removals, Store } from './contract/index.ts';

/**
 * The same store, whose `close` waits for what is under way before it lets go. A scan may be left by its reader at any
 * time, so it is not waited for: it ends with its page.
 */
export function untilClosed(store: Store): Store {
  const { experiments, runs, datasets, loggedModels, registeredModels, removals, imports } = store;
  const underWay = new Set<Promise<unknown>>();
  let closed: Promise<void> | undefined;

  const refuseClosed = (): void => {
    if (closed) throw new StoreUnavailable('The store is closed.');
  };

  async function* pagesOf<Page>(scan: AsyncIterable<Page>): AsyncGenerator<Page> {
    refuseClosed();
    for await (const page of scan) {
      yield page;
      refuseClosed();
    }
  }

  async function tracked<T>(work: () => Promise<T>): Promise<T> {
    refuseClosed();
    const promise = work();
    underWay.add(promise);
    try {
      return await promise;
    } finally {
      underWay.delete(promise);
    }
  }

  const trackedRemovals = <Info>(of: Removals<Info>): Removals<Info> => ({
    begin: (context, id, isWanted) => tracked(() => of.begin(context, id, isWanted)),
    undo: (context, info) => tracked(() => of.undo(context, info)),
    decide: (context, info) => tracked(() => of.decide(context, info)),
    finish: (context, info) => tracked(() => of.finish(context, info)),
  });

  const close = async (): Promise<void> => {
    await Promise.allSettled(underWay);
    await store.close();
  };

  return {
    experiments: {
      create: (context, experiment) => tracked(() => experiments.create(context, experiment)),
      createAs: (context, experiment) => tracked(() => experiments.createAs(context, experiment)),
      get: (context, id) => tracked(() => experiments.get(context, id)),
      getByName: (context, name) => tracked(() => experiments.getByName(context, name)),
      update: (context, id, decide) => tracked(() => experiments.update(context, id, decide)),
      scan: (context) => pagesOf(experiments.scan(context)),
    },
    runs: {
      create: (context, run) => tracked(() => runs.create(context, run)),
      get: (context, id, parts) => tracked(() => runs.get(context, id, parts)),
      getMany: (context, ids, parts) => tracked(() => runs.getMany(context, ids, parts)),
      update: (context, id, parts, decide) => tracked(() => runs.update(context, id, parts, decide)),
      scan: (context, scan) => pagesOf(runs.scan(context, scan)),
      history: (context, id, key, page) => tracked(() => runs.history(context, id, key, page)),
    },
    datasets: {
      register: (context, experimentId, dataset, usedFor) =>
        tracked(() => datasets.register(context, experimentId, dataset, usedFor)),
      getMany: (context, keys) => tracked(() => datasets.getMany(context, keys)),
      scan: (context, experimentIds) => pagesOf(datasets.scan(context, experimentIds)),
    },
    loggedModels: {
      create: (context, info) => tracked(() => loggedModels.create(context, info)),
      get: (context, id, metrics) => tracked(() => loggedModels.get(context, id, metrics)),
      getMany: (context, ids, metrics) => tracked(() => loggedModels.getMany(context, ids, metrics)),
      update: (context, id, decide) => tracked(() => loggedModels.update(context, id, decide)),
      addMetrics: (context, id, metrics) => tracked(() => loggedModels.addMetrics(context, id, metrics)),
      scan: (context, scan) => pagesOf(loggedModels.scan(context, scan)),
    },
    registeredModels: {
      create: (context, model) => tracked(() => registeredModels.create(context, model)),
      get: (context, name, versions) => tracked(() => registeredModels.get(context, name, versions)),
      getMany: (context, names, versions) => tracked(() => registeredModels.getMany(context, names, versions)),
      update: (context, name, decide) => tracked(() => registeredModels.update(context, name, decide)),
      delete: (context, name) => tracked(() => registeredModels.delete(context, name)),
      scan: (context, scan) => pagesOf(registeredModels.scan(context, scan)),
      namesOfRuns: (context, runIds) => tracked(() => registeredModels.namesOfRuns(context, runIds)),
    },
    removals: {
      runs: { ...trackedRemovals(removals.runs), scan: (context, ids) => pagesOf(removals.runs.scan(context, ids)) },
      loggedModels: {
        ...trackedRemovals(removals.loggedModels),
        scan: (context, ids) => pagesOf(removals.loggedModels.scan(context, ids)),
      },
      experiments: {
        ...trackedRemovals(removals.experiments),
        scan: (context) => pagesOf(removals.experiments.scan(context)),
      },
    },
    imports: {
      get: (context, entity) => tracked(() => imports.get(context, entity)),
      put: (context, entity, record) => tracked(() => imports.put(context, entity, record)),
    },
    check: () => tracked(() => store.check()),
    close: () => (closed ??= close()),
  };
}
