import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { doesNotExist, invalidParameter } from '../../errors.ts';
import type { Run } from '../../entities/run.ts';
import type { LoggedModelStore, RunParts, RunPatch } from '../../stores/contract/index.ts';
import { checkRunId } from '../validation/ids.ts';
import { limits } from '../validation/limits.ts';
import type { Rules } from '../validation/rules.ts';
import type { LiveRuns } from './live-runs.ts';
import { checkDataset, checkPoint, newLatest, storedPoint } from './metrics.ts';
import { addToModels } from './model-metrics.ts';
import { checkedParam, newParam, newParams, refuseRepeatedKeys } from './params.ts';
import type { Batch, LoggedPoint, RunService } from './service.ts';
import { checkedTag, tagPatch } from './tags.ts';

type Logging = Pick<RunService, 'logMetric' | 'logParam' | 'setTag' | 'deleteTag' | 'logBatch'>;

/** What a training program does to its run. Each is one atomic update of the run, with only the keys that it touches. */
export function createLogging(liveRuns: LiveRuns, models: LoggedModelStore, rules: Rules): Logging {
  /**
   * Changes the run, and before it the models that the points are about, too: two rows or more, and no store changes two
   * at once. What the run would refuse is found out first. Then a crash leaves models with points that nobody has
   * acknowledged; the client's repetition finds them there, adds nothing to them, and completes the run.
   */
  async function change(
    context: CallContext,
    runId: string,
    points: readonly LoggedPoint[],
    parts: RunParts,
    decide: (current: Run) => RunPatch,
  ): Promise<void> {
    if (points.some(({ modelId }) => modelId)) {
      await liveRuns.check(context, runId, parts, decide);
      await addToModels(context, models, runId, points);
    }
    await liveRuns.change(context, runId, parts, decide);
  }

  return {
    async logMetric(context, runId, point) {
      checkDataset(point);
      try {
        checkPoint(point, '');
      } catch (refusal) {
        // What is wrong with the run comes first where the point is about a model, too.
        if (point.modelId) await liveRuns.check(context, runId, {}, () => ({}));
        throw refusal;
      }
      const points = [storedPoint(point)];
      await change(context, runId, [point], { metrics: [point.key] }, ({ metrics }) => ({
        points,
        setMetrics: newLatest(metrics, points),
      }));
    },

    async logParam(context, runId, param) {
      const checked = checkedParam(param, '', rules);
      await liveRuns.change(context, runId, { params: [param.key] }, ({ params }) => ({
        setParams: newParam(runId, params, checked),
      }));
    },

    async setTag(context, runId, tag) {
      const patch = tagPatch([checkedTag(tag, '', rules)]);
      await liveRuns.change(context, runId, {}, () => patch);
    },

    async deleteTag(context, runId, key) {
      await liveRuns.change(context, runId, { tags: [key] }, ({ tags }) => {
        if (!tags.has(key)) throw doesNotExist(brief`No tag with name: ${key} in run with id ${runId}`);
        return { deleteTags: [key] };
      });
    },

    async logBatch(context, runId, batch) {
      batch.metrics.forEach(checkDataset);
      checkRunId(runId);
      batch.metrics.forEach((point, index) => {
        checkPoint(point, `metrics[${index}].`);
      });
      const params = batch.params.map((param, index) => checkedParam(param, `params[${index}].`, rules));
      const tags = batch.tags.map((tag, index) => checkedTag(tag, `tags[${index}].`, rules));
      checkBatchLimits(batch);
      refuseRepeatedKeys(params);
      const points = batch.metrics.map(storedPoint);
      const parts = {
        params: params.map(({ key }) => key),
        metrics: [...new Set(points.map(({ key }) => key))],
      };
      await change(context, runId, batch.metrics, parts, (current) => {
        const setParams = newParams(runId, current.params, params);
        return { ...tagPatch(tags), setParams, points, setMetrics: newLatest(current.metrics, points) };
      });
    },
  };
}

function checkBatchLimits({ metrics, params, tags }: Batch): void {
  checkBatchLimit('metrics', limits.metricsPerBatch, metrics.length);
  checkBatchLimit('params', limits.paramsPerBatch, params.length);
  checkBatchLimit('tags', limits.tagsPerBatch, tags.length);
  const total = metrics.length + params.length + tags.length;
  checkBatchLimit('metrics, params, and tags', limits.entitiesPerBatch, total);
}

function checkBatchLimit(what: string, limit: number, count: number): void {
  if (count <= limit) return;
  throw invalidParameter(
    brief`A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} ` +
      'across multiple requests and try again.',
  );
}
