import type { Handler } from '../../handler.ts';
import { registeredModelMessage } from '../../wire/answers/registered-model.ts';
import { SearchRegisteredModels, SearchRegisteredModelsResponse } from '../../wire/messages/registered-models.ts';
import { array, intlike, itemTypeString, lessThanOrEqual, readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

const defaultMaxResults = 100;

export const searchRegisteredModels: Handler<'registeredModels.search'> = async (call, { search }) => {
  const request = readMessage(call, SearchRegisteredModels, {
    filter: [string],
    max_results: [intlike, lessThanOrEqual(1000)],
    order_by: [array, itemTypeString],
    page_token: [string],
  });
  const { items, nextPageToken } = await search.searchRegisteredModels(call.context, {
    filter: request.filter ?? '',
    maxResults: request.max_results ?? defaultMaxResults,
    orderBy: request.order_by ?? [],
    pageToken: request.page_token,
  });
  return reply(SearchRegisteredModelsResponse, {
    registered_models: items.map(({ model, versions }) => registeredModelMessage(model, versions)),
    next_page_token: nextPageToken,
  });
};
