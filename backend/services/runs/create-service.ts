import { randomBytes } from 'node:crypto';
import type { CallContext } from '../../call-context.ts';
import { brief } from '../../brief.ts';
import { MlflowError, invalidParameter } from '../../errors.ts';
import type { LifecycleStage } from '../../entities/lifecycle.ts';
import { notBefore } from '../../entities/time.ts';
import { wholeRun } from '../../stores/contract/index.ts';
import type { Store } from '../../stores/contract/index.ts';
import { checkActive, noSuchExperiment } from '../experiments.ts';
import { parseExperimentId } from '../validation/ids.ts';
import { defaultRules } from '../validation/rules.ts';
import type { Rules } from '../validation/rules.ts';
import { appendToUri } from '../validation/uri.ts';
import { datasetInputsOf } from './dataset-inputs.ts';
import { createLinking } from './linking.ts';
import { LiveRuns, noSuchRun } from './live-runs.ts';
import { createLogging } from './logging.ts';
import { randomRunName } from './random-name.ts';
import type { KeyValue, RunService } from './service.ts';
import { newRunTags, runNameTag, tagPatch } from './tags.ts';

export interface RunServiceOptions {
  readonly rules?: Rules | undefined;
  /** The clock, in ms since 1970. */
  readonly now?: () => number;
  /** Draws a run id: 32 hexadecimal digits that no other run has. */
  readonly newRunId?: () => string;
}

const randomRunId = (): string => randomBytes(16).toString('hex');

export function createRunService(
  store: Store,
  { rules = defaultRules, now = Date.now, newRunId = randomRunId }: RunServiceOptions = {},
): RunService {
  const liveRuns = new LiveRuns(store);

  async function setStage(context: CallContext, runId: string, stage: LifecycleStage): Promise<void> {
    await liveRuns.changeAny(context, runId, {}, ({ info }, { epoch }) => ({
      info: { lifecycle: { stage, epoch, changedAt: notBefore(info.lifecycle.changedAt, now()) } },
    }));
  }

  return {
    ...createLogging(liveRuns, store.loggedModels, rules),
    ...createLinking(liveRuns, store.datasets),

    async create(context, { experimentId, userId, runName, startTime, tags }) {
      // MLflow's server answers so too, with its database's words.
      if (experimentId === '') throw new MlflowError('BAD_REQUEST', 'A run needs an experiment_id.');
      const id = parseExperimentId(experimentId);
      const experiment = await store.experiments.get(context, id);
      if (experiment === undefined) throw noSuchExperiment(id);
      checkActive(experiment);
      const name = nameOf(runName, tags);
      const runId = newRunId();
      const run = {
        info: {
          runId,
          experimentId: id,
          runName: name,
          userId,
          status: 'RUNNING',
          startTime,
          artifactUri: appendToUri(experiment.artifactLocation, runId, 'artifacts'),
          lifecycle: { stage: 'active', epoch: experiment.lifecycle.epoch, changedAt: now() },
        },
        params: new Map(),
        tags: newRunTags(tags, name),
        metrics: new Map(),
      } as const;
      await store.runs.create(context, run);
      return { run, stage: 'active', datasets: [] };
    },

    async get(context, runId) {
      const run = await store.runs.get(context, runId, wholeRun);
      if (run === undefined) throw noSuchRun(runId);
      const [datasets = []] = await datasetInputsOf(context, store.datasets, [run]);
      return { run, stage: await liveRuns.stageOf(context, run.info), datasets };
    },

    async update(context, runId, { status, endTime, runName = '' }) {
      const rename = tagPatch([{ key: runNameTag, value: runName }]);
      const info = await liveRuns.change(context, runId, {}, () => ({
        ...rename,
        info: { ...rename.info, ...(status && { status }), ...(endTime !== undefined && { endTime }) },
      }));
      return { info, stage: 'active' };
    },

    delete: (context, runId) => setStage(context, runId, 'deleted'),
    restore: (context, runId) => setStage(context, runId, 'active'),
  };
}

/** The name given, by argument or tag, or a random one. */
function nameOf(runName: string, tags: readonly KeyValue[]): string {
  const tagged = tags.find(({ key }) => key === runNameTag)?.value ?? '';
  if (runName !== '' && tagged !== '' && runName !== tagged) {
    throw invalidParameter(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        brief`(run_name='${runName}', mlflow.runName='${tagged}').`,
    );
  }
  return runName || tagged || randomRunName();
}
