import type { Handler } from '../../handler.ts';
import { foundRunMessage } from '../../wire/answers/run.ts';
import { SearchRuns, SearchRunsResponse } from '../../wire/messages/runs.ts';
import { array, intlike, itemTypeString, lessThanOrEqual, readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

const defaultMaxResults = 1000;

export const searchRuns: Handler<'runs.search'> = async (call, { search }) => {
  const request = readMessage(call, SearchRuns, {
    experiment_ids: [array],
    filter: [string],
    max_results: [intlike, lessThanOrEqual(50_000)],
    order_by: [array, itemTypeString],
  });
  const { items, nextPageToken } = await search.searchRuns(call.context, {
    experimentIds: request.experiment_ids ?? [],
    filter: request.filter ?? '',
    view: request.run_view_type ?? 'ACTIVE_ONLY',
    maxResults: request.max_results ?? defaultMaxResults,
    orderBy: request.order_by ?? [],
    pageToken: request.page_token,
  });
  return reply(SearchRunsResponse, {
    runs: items.map(foundRunMessage),
    next_page_token: nextPageToken,
  });
};
