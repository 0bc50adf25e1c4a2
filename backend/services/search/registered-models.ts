import type { CallContext } from '../../call-context.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { latestVersions } from '../../entities/registered-model.ts';
import { compareCodePoints } from '../../entities/order.ts';
import { FirstInOrder } from '../../search/executor/first-in-order.ts';
import { compileKeyOrder } from '../../search/executor/key-order.ts';
import type { RegisteredModelFilter } from '../../search/executor/registry.ts';
import { compileRegisteredModelFilter } from '../../search/executor/registry.ts';
import type { SortValue } from '../../search/executor/sort-value.ts';
import { queryDigest } from '../../search/page-token.ts';
import { readRegisteredModelOrder } from '../../search/registry-order-by.ts';
import { readRegisteredModelFilter } from '../../search/validator/registered-models.ts';
import type { ModelWithVersions, RegisteredModelStore } from '../../stores/contract/index.ts';
import { noVersions } from '../../stores/contract/index.ts';
import type { Page } from './page.ts';
import { checkAtMost, checkPositive, decodePosition, pageOf } from './registry-page.ts';

export interface RegistrySearch {
  readonly filter: string;
  readonly maxResults: Int64;
  readonly orderBy: readonly string[];
  readonly pageToken?: string | undefined;
}

/** A model and the latest version of each stage, by the names of the stages. */
export interface FoundModel {
  readonly model: RegisteredModel;
  readonly versions: readonly ModelVersion[];
}

const largestPage = 1000;

/** @throws MlflowError for the first part that is invalid, in the order in which MLflow's server looks at them */
export async function searchRegisteredModels(
  context: CallContext,
  models: RegisteredModelStore,
  search: RegistrySearch,
): Promise<Page<FoundModel>> {
  checkAtMost(search.maxResults, largestPage);
  const readFilter = readRegisteredModelFilter(search.filter);
  const orders = readRegisteredModelOrder(search.orderBy);
  const digest = queryDigest(`registered models ${search.filter}`, search.orderBy);
  const after = decodePosition(search.pageToken, digest, orders.length);
  const filter = compileRegisteredModelFilter(readFilter());
  // To MLflow's server this is no mistake, so that it finds all others; nobody can mean what it answers.
  checkPositive(search.maxResults);
  const maxResults = Number(search.maxResults);

  const { positionOf, compare } = compileKeyOrder(orders, (model: RegisteredModel, key): SortValue =>
    key === 'name' ? model.name : model.lastUpdatedTime,
  );
  const inNameOrder = orders[0]?.key === 'name' && orders[0].ascending;
  const wanted = maxResults + 1;
  const kept = new FirstInOrder<RegisteredModel>(wanted, (a, b) => compare(positionOf(a), positionOf(b)));
  let taken = 0;
  candidates: for await (const page of candidatesOf(context, models, filter, inNameOrder ? after : undefined, wanted)) {
    for (const { model } of page) {
      if (!filter.test(model)) continue;
      if (after !== undefined && compare(positionOf(model), after) <= 0) continue;
      kept.offer(model);
      // A scan goes by name: what comes later comes later in the order, too.
      if (inNameOrder && filter.names === undefined && ++taken === wanted) break candidates;
    }
  }
  const page = pageOf(kept.inOrder(), maxResults, digest, positionOf);
  return { ...page, items: await withLatest(context, models, page.items) };
}

async function* candidatesOf(
  context: CallContext,
  models: RegisteredModelStore,
  { names }: RegisteredModelFilter,
  after: readonly SortValue[] | undefined,
  expect: number,
): AsyncIterable<Iterable<ModelWithVersions>> {
  if (names !== undefined) {
    yield (await models.getMany(context, [...new Set(names)], noVersions)).values();
    return;
  }
  const [name] = after ?? [];
  yield* models.scan(context, { versions: noVersions, expect, ...(typeof name === 'string' && { after: name }) });
}

async function withLatest(
  context: CallContext,
  models: RegisteredModelStore,
  found: readonly RegisteredModel[],
): Promise<readonly FoundModel[]> {
  const names = found.filter(({ stages }) => stages.length > 0).map(({ name }) => name);
  const read = await models.getMany(context, names, (model) => latestVersions(model).values());
  return found.map((model) => {
    const now = read.get(model.name);
    return now === undefined ? { model, versions: [] } : { model: now.model, versions: byStage(now) };
  });
}

function byStage({ model, versions }: ModelWithVersions): readonly ModelVersion[] {
  const byName = [...latestVersions(model)].sort(([a], [b]) => compareCodePoints(a, b));
  return byName.flatMap(([, number]) => {
    const version = versions.get(number);
    return version === undefined ? [] : [version];
  });
}
