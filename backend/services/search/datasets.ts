import type { CallContext } from '../../call-context.ts';
import type { DatasetSummary } from '../../entities/dataset.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import { experimentIdOf } from '../../search/validator/experiments.ts';
import type { Store } from '../../stores/contract/index.ts';

const mostExperiments = 20;
const mostResults = 1000;

/** The uses of the experiments' datasets, by runs in whatever stage: the first thousand. */
export async function searchDatasets(
  context: CallContext,
  store: Store,
  written: readonly string[],
): Promise<readonly DatasetSummary[]> {
  if (written.length === 0) {
    throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
  }
  if (written.length > mostExperiments) {
    throw invalidParameter(
      brief`SearchDatasets request cannot specify more than ${mostExperiments} experiment_ids. Received ${written.length} ` +
        'experiment_ids.',
    );
  }
  const found: DatasetSummary[] = [];
  for await (const page of store.datasets.scan(context, written.map(experimentIdOf))) {
    found.push(...page.slice(0, mostResults - found.length));
    if (found.length === mostResults) break;
  }
  return found;
}
