import type { BodyCall, Reply } from '../../handler.ts';
import type { Services } from '../../create-services.ts';
import { experimentMessage } from '../../wire/answers/experiment.ts';
import { SearchExperiments, SearchExperimentsResponse } from '../../wire/messages/experiments.ts';
import { array, intlike, readMessage, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

/** The same by POST and by GET: only where the message is read from differs. */
export async function searchExperiments(call: BodyCall, { search }: Services): Promise<Reply> {
  const request = readMessage(call, SearchExperiments, {
    view_type: [intlike],
    max_results: [intlike],
    order_by: [array],
    filter: [string],
    page_token: [string],
  });
  const { items, nextPageToken } = await search.searchExperiments(call.context, {
    filter: request.filter ?? '',
    view: request.view_type ?? 'ACTIVE_ONLY',
    // There is no default here: who asks for no number asks for 0, which is refused.
    maxResults: request.max_results ?? 0,
    orderBy: request.order_by ?? [],
    pageToken: request.page_token,
  });
  return reply(SearchExperimentsResponse, {
    experiments: items.map(experimentMessage),
    next_page_token: nextPageToken,
  });
}
