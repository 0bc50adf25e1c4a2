import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { SearchLoggedModels, SearchLoggedModelsResponse } from '../../wire/messages/logged-models.ts';
import { array, intlike, itemTypeString, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

/** There are no logged models yet, whatever is searched for. */
export const searchLoggedModels: Handler<'loggedModels.search'> = async (call) => {
  const { datasets = [] } = readMessage(call, SearchLoggedModels, {
    experiment_ids: [array, itemTypeString, required],
    filter: [string],
    datasets: [array],
    max_results: [intlike],
    order_by: [array],
    page_token: [string],
  });
  if (datasets.some(({ dataset_name: name = '' }) => name === '')) {
    throw invalidParameter('`dataset_name` in the `datasets` clause must be specified.');
  }
  return reply(SearchLoggedModelsResponse, {});
};
