import type { CallContext } from '../../call-context.ts';
import type { LoggedModel } from '../../entities/logged-model.ts';
import type { Int64 } from '../../entities/int64.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { FirstInOrder } from '../../search/executor/first-in-order.ts';
import type { CompiledLoggedModelOrder, LoggedModelPosition } from '../../search/executor/logged-model-order.ts';
import { compileLoggedModelOrder } from '../../search/executor/logged-model-order.ts';
import type { LoggedModelFilter, WantedDataset } from '../../search/executor/logged-models.ts';
import { compileLoggedModelFilter } from '../../search/executor/logged-models.ts';
import type { WrittenOrder } from '../../search/logged-model-order.ts';
import { readLoggedModelOrder } from '../../search/logged-model-order.ts';
import { decodeLoggedModelToken, encodeLoggedModelToken } from '../../search/logged-model-token.ts';
import { experimentIdOf } from '../../search/validator/experiments.ts';
import { readLoggedModelFilter } from '../../search/validator/logged-models.ts';
import type { LoggedModelStore, MetricsWanted } from '../../stores/contract/index.ts';
import type { Page } from './page.ts';

export interface LoggedModelSearch {
  /** As the client wrote them: integers. Unknown ones have no models. */
  readonly experimentIds: readonly string[];
  readonly filter: string;
  /** None: any model, also one without metrics. */
  readonly datasets: readonly WantedDataset[];
  /** 0: the default. */
  readonly maxResults: Int64;
  readonly orderBy: readonly WrittenOrder[];
  /** '': from the start. */
  readonly pageToken: string;
}

const defaultMaxResults = 100;

/** A search whose every part has been checked. */
interface Plan {
  readonly experimentIds: readonly string[];
  readonly filter: LoggedModelFilter;
  readonly order: CompiledLoggedModelOrder;
  readonly wanted: number;
  readonly after: LoggedModelPosition | undefined;
}

/** @throws MlflowError for the first part that is invalid, in the order in which MLflow's server looks at them */
export async function searchLoggedModels(
  context: CallContext,
  { loggedModels }: { readonly loggedModels: LoggedModelStore },
  search: LoggedModelSearch,
): Promise<Page<LoggedModel>> {
  if (search.datasets.some(({ name }) => name === '')) {
    throw invalidParameter('`dataset_name` in the `datasets` clause must be specified.');
  }
  const after = search.pageToken === '' ? undefined : decodeLoggedModelToken(search.pageToken, search);
  const maxResults = Number(search.maxResults) || defaultMaxResults;
  if (maxResults < 0) {
    throw invalidParameter(
      brief`Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer`,
    );
  }
  const filter = compileLoggedModelFilter(readLoggedModelFilter(search.filter), search.datasets);
  const experimentIds = search.experimentIds.map(experimentIdOf);
  const order = compileLoggedModelOrder(readLoggedModelOrder(search.orderBy));
  const plan: Plan = { experimentIds, filter, order, wanted: maxResults + 1, after };
  const found = await (order.isNewestFirst
    ? newestFirst(context, loggedModels, plan)
    : firstInOrder(context, loggedModels, plan));
  const items = await whole(context, loggedModels, found.slice(0, maxResults));
  const last = found.length > maxResults ? found[maxResults - 1] : undefined;
  return { items, nextPageToken: last && encodeLoggedModelToken(search, order.positionOf(last)) };
}

const isFound = ({ filter }: Plan, model: LoggedModel): boolean => model.info.stage !== 'deleted' && filter.test(model);

/** Reads as many models as it takes to fill the page and see whether there is one more. */
async function newestFirst(context: CallContext, store: LoggedModelStore, plan: Plan): Promise<LoggedModel[]> {
  const { experimentIds, after, wanted, filter } = plan;
  const found: LoggedModel[] = [];
  search: for await (const page of store.scan(context, {
    experimentIds,
    after,
    metrics: filter.metrics,
    expect: wanted,
  })) {
    for (const model of page) if (isFound(plan, model) && found.push(model) === wanted) break search;
  }
  return found;
}

/** Looks at every model, and keeps the first that are behind the last page. */
async function firstInOrder(context: CallContext, store: LoggedModelStore, plan: Plan): Promise<LoggedModel[]> {
  const { experimentIds, after, wanted, filter, order } = plan;
  const kept = new FirstInOrder<{ model: LoggedModel; position: LoggedModelPosition }>(wanted, (a, b) =>
    order.compare(a.position, b.position),
  );
  const metrics = unionOf(filter.metrics, order.metrics);
  for await (const page of store.scan(context, { experimentIds, metrics, expect: 500 })) {
    for (const model of page) {
      if (!isFound(plan, model)) continue;
      const position = order.positionOf(model);
      if (after === undefined || order.compare(position, after) > 0) kept.offer({ model, position });
    }
  }
  return kept.inOrder().map(({ model }) => model);
}

const unionOf = (a: MetricsWanted, b: readonly string[]): MetricsWanted =>
  a === 'all' ? a : [...new Set([...a, ...b])];

/** The same models with all their metrics. */
async function whole(
  context: CallContext,
  store: LoggedModelStore,
  found: readonly LoggedModel[],
): Promise<LoggedModel[]> {
  const models = await store.getMany(
    context,
    found.map(({ info }) => info.modelId),
    'all',
  );
  return found.map((model) => models.get(model.info.modelId) ?? model);
}
