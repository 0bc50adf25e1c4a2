import type { CallContext } from '../../call-context.ts';
import { compareHistory } from '../../entities/metric.ts';
import type { MetricPoint } from '../../entities/metric.ts';
import { ordered } from './canonical.ts';
import type { Job } from './job.ts';

/** How many points one write takes. */
const pointsAtOnce = 10_000;

/**
 * Adds the points of a metric that are not here, and looks whether they are.
 * @param isNew whether nobody but this import has logged to the run
 * @returns what is not as at the source
 */
export async function copyHistory(
  context: CallContext,
  { source, store, progress, tell }: Job,
  { runId, key, isNew }: { readonly runId: string; readonly key: string; readonly isNew: boolean },
): Promise<readonly string[]> {
  const points = ordered(await source.history(runId, key));
  const here = (): Promise<readonly MetricPoint[]> => store.runs.history(context, runId, key, { limit: Infinity });
  const missing = missingOf(points, await here());
  for (let i = 0; i < missing.length; i += pointsAtOnce) {
    const some = missing.slice(i, i + pointsAtOnce);
    await store.runs.update(context, runId, {}, () => ({ points: some }));
    progress.points += some.length;
    tell();
  }
  const after = await here();
  if (missingOf(points, after).length === 0 && (!isNew || after.length === points.length)) return [];
  return [
    `run ${runId}: the history of '${key}' has ${String(after.length)} points, and at the source ${String(points.length)}, ` +
      'or others',
  ];
}

/** The points that are not among others; both are in order. */
function missingOf(points: readonly MetricPoint[], there: readonly MetricPoint[]): readonly MetricPoint[] {
  let at = 0;
  return points.filter((point) => {
    while (at < there.length && compareHistory(there[at] as MetricPoint, point) < 0) at++;
    return at === there.length || compareHistory(there[at] as MetricPoint, point) !== 0;
  });
}
