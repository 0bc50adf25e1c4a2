import { readMessage } from '../../wire/read.ts';
import type { Handler } from '../../handler.ts';
import { SearchDatasets, SearchDatasetsResponse } from '../../wire/messages/datasets.ts';
import { reply } from '../../wire/reply.ts';

export const searchDatasets: Handler<'experiments.searchDatasets'> = async (call, { search }) => {
  const { experiment_ids = [] } = readMessage(call, SearchDatasets);
  const found = await search.searchDatasets(call.context, experiment_ids);
  return reply(SearchDatasetsResponse, {
    dataset_summaries: found.map(({ experimentId, name, digest, context }) => ({
      experiment_id: experimentId,
      name,
      digest,
      context: context || undefined,
    })),
  });
};
