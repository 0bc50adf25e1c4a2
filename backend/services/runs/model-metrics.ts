import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError } from '../../errors.ts';
import type { ModelMetric } from '../../entities/logged-model.ts';
import type { LoggedModelStore } from '../../stores/contract/index.ts';
import { storedPoint } from './metrics.ts';
import type { LoggedPoint } from './service.ts';

/**
 * Adds the points that are about logged models to those models.
 * @throws MlflowError BAD_REQUEST, as MLflow's server, where a model is not there (then nothing is written), or has another
 * value at the same place
 */
export async function addToModels(
  context: CallContext,
  models: LoggedModelStore,
  runId: string,
  points: readonly LoggedPoint[],
): Promise<void> {
  const byModel = pointsByModel(runId, points);
  if (byModel.size > 1) {
    const known = await models.getMany(context, [...byModel.keys()], []);
    for (const modelId of byModel.keys()) if (!known.has(modelId)) throw noSuchModel(modelId);
  }
  for (const [modelId, metrics] of byModel) {
    const added = await models.addMetrics(context, modelId, metrics);
    if (added === undefined) throw noSuchModel(modelId);
    if (added === 'conflict') {
      throw new MlflowError(
        'BAD_REQUEST',
        brief`Logged model '${modelId}' has another value of a metric at the same timestamp and step of this run.`,
      );
    }
  }
}

const noSuchModel = (modelId: string): MlflowError =>
  new MlflowError('BAD_REQUEST', brief`There is no logged model with id '${modelId}'.`);

function pointsByModel(runId: string, points: readonly LoggedPoint[]): ReadonlyMap<string, ModelMetric[]> {
  const byModel = new Map<string, ModelMetric[]>();
  for (const point of points) {
    const { modelId = '' } = point;
    if (modelId === '') continue;
    const metrics = byModel.get(modelId) ?? [];
    metrics.push(modelPoint(runId, point));
    byModel.set(modelId, metrics);
  }
  return byModel;
}

/** The point as a model keeps it: as a run does, but a NaN is 0 there, as on MLflow's server. */
function modelPoint(runId: string, point: LoggedPoint): ModelMetric {
  const { key, value, timestamp, step } = storedPoint(point);
  const { datasetName: name = '', datasetDigest: digest = '' } = point;
  const stored = { key, value: Number.isNaN(value) ? 0 : value, timestamp, step, runId };
  return name === '' ? stored : { ...stored, dataset: { name, digest } };
}
