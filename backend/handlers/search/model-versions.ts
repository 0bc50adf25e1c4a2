import type { Handler } from '../../handler.ts';
import { modelVersionMessage } from '../../wire/answers/registered-model.ts';
import { SearchModelVersions, SearchModelVersionsResponse } from '../../wire/messages/model-versions.ts';
import { array, intlike, itemTypeString, lessThanOrEqual, readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

const defaultMaxResults = 200_000;

export const searchModelVersions: Handler<'modelVersions.search'> = async (call, { search }) => {
  const request = readMessage(call, SearchModelVersions, {
    filter: [string],
    max_results: [intlike, lessThanOrEqual(200_000)],
    order_by: [array, itemTypeString],
    page_token: [string],
  });
  const { items, nextPageToken } = await search.searchModelVersions(call.context, {
    filter: request.filter ?? '',
    maxResults: request.max_results ?? defaultMaxResults,
    orderBy: request.order_by ?? [],
    pageToken: request.page_token,
  });
  return reply(SearchModelVersionsResponse, {
    model_versions: items.map(({ model, version }) => modelVersionMessage(model, version, 'without aliases')),
    next_page_token: nextPageToken,
  });
};
