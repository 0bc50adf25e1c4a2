import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import { effectiveStage } from '../../entities/lifecycle.ts';
import type { Run } from '../../entities/run.ts';
import { invalidParameter } from '../../errors.ts';
import { FirstInOrder } from '../../search/executor/first-in-order.ts';
import { unionOfParts } from '../../search/executor/parts.ts';
import type { CompiledRunOrder, RunPosition } from '../../search/executor/run-order.ts';
import { compileRunOrder } from '../../search/executor/run-order.ts';
import type { RunFilter } from '../../search/executor/runs.ts';
import { compileRunFilter } from '../../search/executor/runs.ts';
import { readRunOrder } from '../../search/order-by.ts';
import { decodePageToken, encodePageToken, queryDigest } from '../../search/page-token.ts';
import { experimentIdOf } from '../../search/validator/experiments.ts';
import { readRunFilter } from '../../search/validator/runs.ts';
import type { Store } from '../../stores/contract/index.ts';
import { wholeRun } from '../../stores/contract/index.ts';
import { datasetInputsOf } from '../runs.ts';
import type { RunView } from '../runs.ts';
import type { Page, ViewType } from './page.ts';
import { checkedMaxResults, isInView } from './page.ts';

export interface RunSearch {
  /** As the client wrote them: integers. Unknown ones have no runs. */
  readonly experimentIds: readonly string[];
  readonly filter: string;
  readonly view: ViewType;
  readonly maxResults: Int64;
  readonly orderBy: readonly string[];
  readonly pageToken?: string | undefined;
}

/** A run and the stage it is in, its experiment's deletion taken into account. */
interface FoundRun {
  readonly run: Run;
  readonly stage: LifecycleStage;
}

/** A search whose every part has been checked. */
interface Plan {
  readonly filter: RunFilter;
  readonly order: CompiledRunOrder;
  readonly view: ViewType;
  readonly maxResults: number;
  readonly after: RunPosition | undefined;
  /** By id: the experiments that are searched and exist. */
  readonly experiments: ReadonlyMap<string, Experiment>;
}

/** @throws MlflowError for the first part that is invalid, in the order in which MLflow's server looks at them */
export async function searchRuns(context: CallContext, store: Store, search: RunSearch): Promise<Page<RunView>> {
  const maxResults = checkedMaxResults(search.maxResults);
  const readFilter = readRunFilter(search.filter);
  const order = compileRunOrder(readRunOrder(search.orderBy));
  const filter = compileRunFilter(readFilter());
  const digest = queryDigest(search.filter, search.orderBy);
  const after = search.pageToken ? decodePosition(search.pageToken, digest, search.orderBy.length) : undefined;
  const experiments = await experimentsOf(context, store, search.experimentIds.map(experimentIdOf));
  if (experiments.size === 0) return { items: [], nextPageToken: undefined };

  const plan: Plan = { filter, order, view: search.view, maxResults, after, experiments };
  const streams = order.isNewestFirst && filter.runIds === undefined;
  const found = await (streams ? newestFirst(context, store, plan) : firstInOrder(context, store, plan));
  const last = found.length > maxResults ? found[maxResults - 1] : undefined;
  return {
    items: await withDatasets(context, store, found.slice(0, maxResults)),
    nextPageToken: last && encodePosition(digest, order.positionOf(last.run)),
  };
}

async function withDatasets(context: CallContext, store: Store, found: readonly FoundRun[]): Promise<RunView[]> {
  const inputs = await datasetInputsOf(
    context,
    store.datasets,
    found.map(({ run }) => run),
  );
  return found.map(({ run, stage }, index) => ({ run, stage, datasets: inputs[index] ?? [] }));
}

async function experimentsOf(
  context: CallContext,
  store: Store,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Experiment>> {
  const found = await Promise.all([...new Set(ids)].map((id) => store.experiments.get(context, id)));
  return new Map(found.flatMap((experiment) => (experiment ? [[experiment.experimentId, experiment]] : [])));
}

/** The stage of a run that the search is after; undefined for any other run. */
function stageIfFound({ experiments, view, filter }: Plan, run: Run): LifecycleStage | undefined {
  const experiment = experiments.get(run.info.experimentId);
  if (experiment === undefined) return undefined;
  const stage = effectiveStage(run.info.lifecycle, experiment.lifecycle);
  return isInView(stage, view) && filter.test(run) ? stage : undefined;
}

/** Reads as many runs as it takes to fill the page and see whether there is one more. */
async function newestFirst(context: CallContext, store: Store, plan: Plan): Promise<FoundRun[]> {
  const wanted = plan.maxResults + 1;
  const { parts } = plan.filter;
  const scan = plan.filter.isTrivial ? { parts: wholeRun, expect: wanted } : { parts };
  const found: FoundRun[] = [];
  const experimentIds = [...plan.experiments.keys()];
  search: for await (const runs of store.runs.scan(context, { experimentIds, after: plan.after, ...scan })) {
    for (const run of runs) {
      const stage = stageIfFound(plan, run);
      if (stage !== undefined && found.push({ run, stage }) === wanted) break search;
    }
  }
  return plan.filter.isTrivial ? found : whole(context, store, found);
}

/** Looks at every run, or at those that the filter names, and keeps the first that are behind the last page. */
async function firstInOrder(context: CallContext, store: Store, plan: Plan): Promise<FoundRun[]> {
  const { order, after } = plan;
  const kept = new FirstInOrder<FoundRun & { position: RunPosition }>(plan.maxResults + 1, (a, b) =>
    order.compare(a.position, b.position),
  );
  for await (const runs of candidates(context, store, plan)) {
    for (const run of runs) {
      const stage = stageIfFound(plan, run);
      if (stage === undefined) continue;
      const position = order.positionOf(run);
      if (after === undefined || order.compare(position, after) > 0) kept.offer({ run, stage, position });
    }
  }
  return whole(context, store, kept.inOrder());
}

async function* candidates(
  context: CallContext,
  store: Store,
  { filter, order, experiments }: Plan,
): AsyncIterable<Iterable<Run>> {
  const parts = unionOfParts(filter.parts, order.parts);
  if (filter.runIds) yield (await store.runs.getMany(context, filter.runIds, parts)).values();
  else yield* store.runs.scan(context, { experimentIds: [...experiments.keys()], parts, expect: 500 });
}

/** The same runs with everything they have. */
async function whole(context: CallContext, store: Store, found: readonly FoundRun[]): Promise<FoundRun[]> {
  const ids = found.map(({ run }) => run.info.runId);
  const runs = await store.runs.getMany(context, ids, wholeRun);
  return found.map(({ run, stage }) => ({ run: runs.get(run.info.runId) ?? run, stage }));
}

const encodePosition = (digest: string, { values, startTime, runId }: RunPosition): string =>
  encodePageToken(digest, [...values, startTime, runId]);

const longestRunId = 256;

function decodePosition(token: string, digest: string, keys: number): RunPosition {
  const values = decodePageToken(token, digest);
  const [startTime, runId] = values.slice(keys);
  const isTime = typeof startTime === 'bigint' || (typeof startTime === 'number' && Number.isSafeInteger(startTime));
  if (isTime && typeof runId === 'string' && runId.length <= longestRunId && values.length === keys + 2) {
    return { values: values.slice(0, keys), startTime, runId };
  }
  throw invalidParameter('Invalid page token, it holds no position');
}
