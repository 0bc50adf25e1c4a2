import type { CallContext } from '../../call-context.ts';
import { defaultExperimentId } from '../../entities/experiment.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Store } from '../../stores/contract/index.ts';
import { experimentDeletedAt, modelDeletedAt, runDeletedAt } from './expiry.ts';
import { NotRemovable } from './report.ts';

/** Ids that were asked for. */
export interface Selection {
  readonly runIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly experimentIds: readonly string[];
}

export interface Chosen {
  readonly runs: ReadonlySet<string>;
  readonly models: ReadonlySet<string>;
  readonly experiments: ReadonlySet<string>;
}

/**
 * What a selection comes to.
 * @throws NotRemovable for the first id that is not there, is not deleted, or was deleted after the cutoff
 */
export async function chosenOf(
  context: CallContext,
  store: Store,
  selection: Selection,
  cutoff: number,
): Promise<Chosen> {
  const check = (what: string, isThere: boolean, deletedAt: number | undefined): void => {
    if (!isThere) throw new NotRemovable(`There is no ${what}.`);
    if (deletedAt === undefined) throw new NotRemovable(`The ${what} is not deleted: only what is deleted is removed.`);
    if (deletedAt > cutoff) {
      throw new NotRemovable(
        `The ${what} was deleted at ${new Date(deletedAt).toISOString()}, less than --older-than ago.`,
      );
    }
  };
  const begun = await begunOf(context, store);
  const experiments = new Map<string, Experiment | undefined>();
  const experimentOf = async (id: string): Promise<Experiment | undefined> => {
    if (!experiments.has(id)) experiments.set(id, await store.experiments.get(context, id));
    return experiments.get(id);
  };
  for (const id of selection.experimentIds) {
    if (id === defaultExperimentId)
      throw new NotRemovable('The experiment 0 stays; the deleted runs in it can be removed.');
    const experiment = await experimentOf(id);
    if (!begun.has(id))
      check(`experiment ${id}`, experiment !== undefined, experiment && experimentDeletedAt(experiment));
  }
  for (const id of selection.runIds) {
    const run = (await store.runs.get(context, id, {}))?.info;
    const experiment = run && (await experimentOf(run.experimentId));
    const deletedAt = run && experiment && runDeletedAt(run.lifecycle, experiment.lifecycle);
    if (!begun.has(id) && !begun.has(run?.experimentId ?? '')) check(`run ${id}`, experiment !== undefined, deletedAt);
  }
  for (const id of selection.modelIds) {
    const model = await store.loggedModels.get(context, id, []);
    if (!begun.has(id)) check(`logged model ${id}`, model !== undefined, model && modelDeletedAt(model.info));
  }
  return {
    runs: new Set(selection.runIds),
    models: new Set(selection.modelIds),
    experiments: new Set(selection.experimentIds),
  };
}

/** The ids of what an earlier gc has begun to remove: it goes on, whether it is asked for or not. */
async function begunOf(context: CallContext, store: Store): Promise<ReadonlySet<string>> {
  const { removals } = store;
  const begun = new Set<string>();
  const experimentIds: string[] = [];
  for await (const page of store.experiments.scan(context))
    experimentIds.push(...page.map(({ experimentId }) => experimentId));
  for await (const page of removals.experiments.scan(context))
    for (const { info } of page) begun.add(info.experimentId);
  const all = [...experimentIds, ...begun];
  for await (const page of removals.runs.scan(context, all)) for (const { info } of page) begun.add(info.runId);
  for await (const page of removals.loggedModels.scan(context, all))
    for (const { info } of page) begun.add(info.modelId);
  return begun;
}
