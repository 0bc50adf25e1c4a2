import { int64 } from '../../entities/int64.ts';
import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import type { SampleRequest } from '../../services/metrics.ts';
import { isArray } from '../../wire/json/value.ts';
import { GetMetricHistoryBulkInterval, GetMetricHistoryBulkIntervalResponse } from '../../wire/messages/metrics.ts';
import { array, check, intlike, itemTypeString, readMessage, required, string, within } from '../../wire/read.ts';
import { reply } from '../../wire/reply.ts';
import { invalidValueOfType, toInt } from '../../wire/validators.ts';

const mostRuns = 100;
const mostPointsPerRun = 2500;

const atMostRuns = check((_name, list) =>
  isArray(list) && list.length > mostRuns
    ? `GetMetricHistoryBulkInterval request must specify at most ${mostRuns} run_ids. Received ${list.length} run_ids.`
    : undefined,
);

export const getHistoryBulkInterval: Handler<'metrics.getHistoryBulkInterval'> = async (call, { metrics }) => {
  const request = readMessage(call, GetMetricHistoryBulkInterval, {
    run_ids: [required, array, itemTypeString, atMostRuns],
    metric_key: [required, string],
    start_step: [intlike],
    end_step: [intlike],
    max_results: [intlike, within(1, mostPointsPerRun, `max_results must be between 1 and ${mostPointsPerRun}.`)],
  });
  const points = await metrics.sample(call.context, {
    runIds: request.run_ids ?? [],
    key: request.metric_key ?? '',
    maxResults: Number(intOf(call.query, 'max_results') ?? mostPointsPerRun),
    steps: stepsOf(call.query),
  });
  return reply(GetMetricHistoryBulkIntervalResponse, {
    metrics: points.map(({ key, value, timestamp, step, runId }) => ({ key, value, timestamp, step, run_id: runId })),
  });
};

/** Read from the query: a step is an int64, for which the message's int32 has no room. */
function stepsOf(query: URLSearchParams): SampleRequest['steps'] {
  const isOneAlone = query.has('start_step') !== query.has('end_step');
  if (isOneAlone) throw invalidParameter('If either start step or end step are specified, both must be specified.');
  const [start, end] = [intOf(query, 'start_step'), intOf(query, 'end_step')];
  if (start === undefined || end === undefined) return undefined;
  if (start > end) {
    throw invalidParameter(
      brief`end_step must be greater than start_step. Found start_step=${start} and end_step=${end}.`,
    );
  }
  return { start: int64(start), end: int64(end) };
}

function intOf(query: URLSearchParams, name: string): bigint | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const number = toInt(text);
  if (number === undefined) throw invalidParameter(invalidValueOfType(name, text));
  return number;
}
