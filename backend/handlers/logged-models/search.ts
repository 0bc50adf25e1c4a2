import type { Handler } from '../../handler.ts';
import { loggedModelMessage } from '../../wire/answers/logged-model.ts';
import { SearchLoggedModels, SearchLoggedModelsResponse } from '../../wire/messages/logged-models.ts';
import { array, intlike, itemTypeString, readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

/** Of the message; who asks for 0 gets the service's own default. */
const defaultMaxResults = 50;

export const searchLoggedModels: Handler<'loggedModels.search'> = async (call, { search }) => {
  const request = readMessage(call, SearchLoggedModels, {
    experiment_ids: [array, itemTypeString, required],
    filter: [string],
    datasets: [array],
    max_results: [intlike],
    order_by: [array],
    page_token: [string],
  });
  const { items, nextPageToken } = await search.searchLoggedModels(call.context, {
    experimentIds: request.experiment_ids ?? [],
    filter: request.filter ?? '',
    datasets: (request.datasets ?? []).map(({ dataset_name: name = '', dataset_digest: digest = '' }) => ({
      name,
      digest,
    })),
    maxResults: request.max_results ?? defaultMaxResults,
    orderBy: (request.order_by ?? []).map((order) => ({
      field: order.field_name ?? '',
      ascending: order.ascending ?? true,
      datasetName: order.dataset_name ?? '',
      datasetDigest: order.dataset_digest ?? '',
    })),
    pageToken: request.page_token ?? '',
  });
  return reply(SearchLoggedModelsResponse, { models: items.map(loggedModelMessage), next_page_token: nextPageToken });
};
