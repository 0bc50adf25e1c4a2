import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import { metricMessage } from '../../wire/answers/run.ts';
import { GetMetricHistory, GetMetricHistoryResponse } from '../../wire/messages/metrics.ts';
import { readMessage, required, string } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';

export const getHistory: Handler<'metrics.getHistory'> = async (call, { metrics }) => {
  const request = readMessage(call, GetMetricHistory, {
    run_id: [string, required],
    metric_key: [string, required],
    page_token: [string],
  });
  const maxResults = request.max_results;
  if (maxResults !== undefined && maxResults <= 0) {
    throw invalidParameter(
      brief`Invalid value ${maxResults} for parameter 'max_results' supplied. It must be a positive integer.`,
    );
  }
  const { points, nextPageToken } = await metrics.history(call.context, {
    runId: request.run_id || (request.run_uuid ?? ''),
    key: request.metric_key ?? '',
    maxResults,
    pageToken: request.page_token,
  });
  return reply(GetMetricHistoryResponse, { metrics: points.map(metricMessage), next_page_token: nextPageToken });
};
