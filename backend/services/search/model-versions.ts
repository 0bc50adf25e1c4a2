import type { CallContext } from '../../call-context.ts';
import type { ModelVersion, RegisteredModel } from '../../entities/registered-model.ts';
import { lastUpdatedTime, versionNumbers } from '../../entities/registered-model.ts';
import { FirstInOrder } from '../../search/executor/first-in-order.ts';
import { compileKeyOrder } from '../../search/executor/key-order.ts';
import type { ModelVersionFilter } from '../../search/executor/registry.ts';
import { compileModelVersionFilter } from '../../search/executor/registry.ts';
import type { SortValue } from '../../search/executor/sort-value.ts';
import { queryDigest } from '../../search/page-token.ts';
import type { ModelVersionKey } from '../../search/registry-order-by.ts';
import { readModelVersionOrder } from '../../search/registry-order-by.ts';
import { readModelVersionFilter } from '../../search/validator/model-versions.ts';
import type { ModelWithVersions, RegisteredModelStore } from '../../stores/contract/index.ts';
import type { Page } from './page.ts';
import type { RegistrySearch } from './registered-models.ts';
import { boundedMaxResults, decodePosition, pageOf } from './registry-page.ts';

/** A version and the model that it is of. */
export interface FoundVersion {
  readonly model: RegisteredModel;
  readonly version: ModelVersion;
}

const largestPage = 200_000;

/** @throws MlflowError for the first part that is invalid, in the order in which MLflow's server looks at them */
export async function searchModelVersions(
  context: CallContext,
  models: RegisteredModelStore,
  search: RegistrySearch,
): Promise<Page<FoundVersion>> {
  const maxResults = boundedMaxResults(search.maxResults, largestPage);
  const filter = compileModelVersionFilter(readModelVersionFilter(search.filter)());
  const orders = readModelVersionOrder(search.orderBy);
  const digest = queryDigest(`model versions ${search.filter}`, search.orderBy);
  const after = decodePosition(search.pageToken, digest, orders.length);

  const { positionOf, compare } = compileKeyOrder(orders, valueOf);
  interface Candidate extends FoundVersion {
    readonly position: readonly SortValue[];
  }
  const kept = new FirstInOrder<Candidate>(maxResults + 1, (a, b) => compare(a.position, b.position));
  for await (const page of candidatesOf(context, models, filter)) {
    for (const { model, versions } of page) {
      if (!filter.testModel(model, versions.values())) continue;
      for (const version of versions.values()) {
        if (!filter.test(version)) continue;
        const position = positionOf({ model, version });
        if (after === undefined || compare(position, after) > 0) kept.offer({ model, version, position });
      }
    }
  }
  return pageOf(kept.inOrder(), maxResults, digest, ({ position }) => position);
}

async function* candidatesOf(
  context: CallContext,
  models: RegisteredModelStore,
  { names, runIds }: ModelVersionFilter,
): AsyncIterable<Iterable<ModelWithVersions>> {
  const few = names ?? (runIds && (await models.namesOfRuns(context, runIds)));
  if (few !== undefined) yield (await models.getMany(context, [...new Set(few)], versionNumbers)).values();
  else yield* models.scan(context, { versions: versionNumbers, expect: 200 });
}

function valueOf({ model, version }: FoundVersion, key: ModelVersionKey): SortValue {
  switch (key) {
    case 'name':
      return model.name;
    case 'version_number':
      return version.version;
    case 'creation_timestamp':
      return version.creationTime;
    case 'last_updated_timestamp':
      return lastUpdatedTime(model, version);
  }
}
