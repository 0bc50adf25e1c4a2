import { brief } from '../../brief.ts';
import { invalidParameter } from '../../errors.ts';
import type { Handler } from '../../handler.ts';
import type { RunPoint } from '../../services/metrics.ts';
import { floatToken, quote } from '../../wire/json/python.ts';
import { jsonReply } from '../../wire/reply.ts';
import { invalidValueOfType, toInt } from '../../wire/validators.ts';

const mostRuns = 100;
const mostPoints = 25_000;

/**
 * No protobuf message but plain JSON, for MLflow's browser interface. As on MLflow's server a NaN stands bare in it,
 * which Python reads and browsers do not.
 */
export const getHistoryBulk: Handler<'metrics.getHistoryBulk'> = async ({ query, context }, { metrics }) => {
  const runIds = query.getAll('run_id');
  if (runIds.length === 0) throw invalidParameter('GetMetricHistoryBulk request must specify at least one run_id.');
  if (runIds.length > mostRuns) {
    throw invalidParameter(
      brief`GetMetricHistoryBulk request cannot specify more than ${mostRuns} run_ids. Received ${runIds.length} run_ids.`,
    );
  }
  const key = query.get('metric_key');
  if (key === null) throw invalidParameter('GetMetricHistoryBulk request must specify a metric_key.');
  const points = await metrics.bulkHistory(context, runIds, key, mostOf(query.get('max_results')));
  return jsonReply(`{"metrics":[${points.map(pointText).join(',')}]}`);
};

function mostOf(text: string | null): number {
  if (text === null) return mostPoints;
  const number = toInt(text);
  if (number === undefined || number < 0) throw invalidParameter(invalidValueOfType('max_results', text));
  return number > mostPoints ? mostPoints : Number(number);
}

function pointText({ key, value, timestamp, step, runId }: RunPoint): string {
  const numbers = `"step":${step},"timestamp":${timestamp},"value":${floatToken(value)}`;
  return `{"key":${quote(key)},"run_id":${quote(runId)},${numbers}}`;
}
