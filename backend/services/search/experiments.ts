import type { CallContext } from '../../call-context.ts';
import type { Experiment } from '../../entities/experiment.ts';
import type { Int64 } from '../../entities/int64.ts';
import type { ExperimentPosition } from '../../search/executor/experiment-order.ts';
import { compileExperimentOrder } from '../../search/executor/experiment-order.ts';
import { compileExperimentFilter } from '../../search/executor/experiments.ts';
import { FirstInOrder } from '../../search/executor/first-in-order.ts';
import { readExperimentOrder } from '../../search/order-by.ts';
import { decodePageToken, encodePageToken, queryDigest } from '../../search/page-token.ts';
import { readExperimentFilter } from '../../search/validator/experiments.ts';
import type { Store } from '../../stores/contract/index.ts';
import type { Page, ViewType } from './page.ts';
import { checkedMaxResults, isInView } from './page.ts';

export interface ExperimentSearch {
  readonly filter: string;
  readonly view: ViewType;
  readonly maxResults: Int64;
  readonly orderBy: readonly string[];
  readonly pageToken?: string | undefined;
}

interface Candidate {
  readonly experiment: Experiment;
  readonly position: ExperimentPosition;
}

/** @throws MlflowError for the first part that is invalid, in the order in which MLflow's server looks at them */
export async function searchExperiments(
  context: CallContext,
  store: Store,
  search: ExperimentSearch,
): Promise<Page<Experiment>> {
  const maxResults = checkedMaxResults(search.maxResults);
  const test = compileExperimentFilter(readExperimentFilter(search.filter));
  const { positionOf, compare } = compileExperimentOrder(readExperimentOrder(search.orderBy));
  const digest = queryDigest(search.filter, search.orderBy);
  const after = search.pageToken ? decodePageToken(search.pageToken, digest) : undefined;

  const kept = new FirstInOrder<Candidate>(maxResults + 1, (a, b) => compare(a.position, b.position));
  for await (const experiments of store.experiments.scan(context)) {
    for (const experiment of experiments) {
      if (!isInView(experiment.lifecycle.stage, search.view) || !test(experiment)) continue;
      const position = positionOf(experiment);
      if (after === undefined || compare(position, after) > 0) kept.offer({ experiment, position });
    }
  }
  const found = kept.inOrder();
  const last = found.length > maxResults ? found[maxResults - 1] : undefined;
  return {
    items: found.slice(0, maxResults).map(({ experiment }) => experiment),
    nextPageToken: last && encodePageToken(digest, last.position),
  };
}
