import { Readable } from 'node:stream';
import type { LoggedModel } from '../../../../backend/entities/logged-model.ts';
import type { MetricPoint } from '../../../../backend/entities/metric.ts';
import type {
  ImportSource,
  SourceExperiment,
  SourceFile,
  SourceModel,
  SourceRun,
  SourceVersion,
} from '../../../../backend/services/import/source.ts';
import { newModel, newRun, point } from '../../../contract/store/samples.ts';

/** A tracking server in memory, which a test changes as its users would. */
export class FakeSource implements ImportSource {
  readonly experimentsThere = new Map<string, SourceExperiment>();
  readonly runsThere = new Map<string, SourceRun>();
  /** By run and metric. */
  readonly histories = new Map<string, readonly MetricPoint[]>();
  readonly modelsThere = new Map<string, LoggedModel>();
  readonly registered = new Map<string, SourceModel>();
  /** By path below the artifact proxy. */
  readonly contents = new Map<string, string>();
  /** How many files were asked for. */
  opened = 0;

  experiments = async () => [...this.experimentsThere.values()];
  runIds = async (experimentId: string) =>
    [...this.runsThere.values()]
      .map(({ run }) => run.info)
      .flatMap((info) => (info.experimentId === experimentId ? [info.runId] : []));
  run = async (runId: string) => this.runsThere.get(runId) as SourceRun;
  history = async (runId: string, key: string) => this.histories.get(`${runId} ${key}`) ?? [];
  loggedModels = async (experimentId: string) =>
    [...this.modelsThere.values()].filter(({ info }) => info.experimentId === experimentId);
  registeredModels = async () => [...this.registered.values()];

  /** As MLflow's server, it does not say the size of an empty file. */
  async *files(folder: string): AsyncGenerator<SourceFile> {
    for (const [path, content] of this.contents) {
      if (!path.startsWith(`${folder}/`)) continue;
      yield { path: path.slice(folder.length + 1), size: content === '' ? undefined : Buffer.byteLength(content) };
    }
  }

  async open(folder: string, path: string): Promise<Readable> {
    this.opened++;
    return Readable.from([Buffer.from(this.contents.get(`${folder}/${path}`) ?? '')]);
  }

  addExperiment(experimentId: string, name: string, changes: Partial<SourceExperiment> = {}): void {
    this.experimentsThere.set(experimentId, {
      ...{
        experimentId,
        name,
        artifactLocation: `mlflow-artifacts:/${experimentId}`,
        stage: 'active',
        tags: new Map(),
      },
      ...{ creationTime: 100 + Number(experimentId), lastUpdateTime: 200, ...changes },
    });
  }

  /** A run with a param, a tag, a metric of five points, and these files. */
  addRun(experimentId: string, digit: string, files: Readonly<Record<string, string>> = {}): string {
    const runId = digit.repeat(32);
    const location = this.experimentsThere.get(experimentId)?.artifactLocation.replace('mlflow-artifacts:/', '') ?? '';
    const folder = `${location}/${runId}/artifacts`;
    const points = Array.from({ length: 5 }, (_, step) => point('loss', 1 / (step + 1), step, step));
    this.histories.set(`${runId} loss`, points);
    for (const [path, content] of Object.entries(files)) this.contents.set(`${folder}/${path}`, content);
    const { info, ...rest } = newRun(
      { runId, experimentId, runName: `run ${digit}`, startTime: 5, endTime: 9, status: 'FINISHED' },
      {
        params: new Map([['lr', digit]]),
        tags: new Map([['note/é', digit]]),
        metrics: new Map([['loss', points.at(-1) as MetricPoint]]),
      },
    );
    const run = { ...rest, info: { ...info, artifactUri: `mlflow-artifacts:/${folder}` } };
    this.runsThere.set(runId, { run, stage: 'active', datasets: [] });
    return runId;
  }

  changeRun(runId: string, change: (source: SourceRun) => SourceRun): void {
    this.runsThere.set(runId, change(this.runsThere.get(runId) as SourceRun));
  }

  addLoggedModel(experimentId: string, digit: string): string {
    const modelId = `m-${digit.repeat(32)}`;
    const folder = `${experimentId}/models/${modelId}/artifacts`;
    this.contents.set(`${folder}/MLmodel`, 'flavors: {}');
    const info = newModel({ modelId, experimentId, status: 'READY', artifactUri: `mlflow-artifacts:/${folder}` });
    this.modelsThere.set(modelId, { info, metrics: [{ ...point('f1', 0.5), runId: 'a'.repeat(32) }] });
    return modelId;
  }

  addRegistered(name: string, versions: readonly SourceVersion[], changes: Partial<SourceModel> = {}): void {
    this.registered.set(name, {
      ...{ name, description: 'd', creationTime: 300, lastUpdatedTime: 400, tags: new Map([['k', 'v']]) },
      ...{ aliases: new Map(), versions, ...changes },
    });
  }

  changeRegistered(name: string, change: (source: SourceModel) => Partial<SourceModel>): void {
    const model = this.registered.get(name) as SourceModel;
    this.registered.set(name, { ...model, ...change(model) });
  }
}

export const sourceVersion = (version: number, changes: Partial<SourceVersion> = {}): SourceVersion => ({
  ...{ version, creationTime: 310 + version, lastUpdatedTime: 350, description: `v${String(version)}`, stage: 'None' },
  ...{ source: 's3://b/m', storageLocation: 's3://b/m', runId: '', runLink: '', tags: new Map(), ...changes },
});

/** One of every kind of thing: a gap in the versions, an empty file, a location of its own. */
export function smallSource(): FakeSource {
  const source = new FakeSource();
  source.addExperiment('0', 'Default', { tags: new Map([['team', 'wine']]) });
  source.addExperiment('1', 'alpha é', { tags: new Map([['a', 'b']]), artifactLocation: 'mlflow-artifacts:/custom/1' });
  const trained = source.addRun('1', 'b', { 'model/a b.txt': 'content é', '__init__.py': '' });
  const dataset = { name: 'wine', digest: 'd1', sourceType: 'local', source: '{}' };
  const modelId = source.addLoggedModel('1', 'f');
  source.changeRun(trained, ({ run, stage }) => ({
    ...{ stage, datasets: [dataset] },
    run: {
      ...run,
      links: {
        datasets: [{ name: 'wine', digest: 'd1', tags: new Map([['mlflow.data.context', 'train']]) }],
        ...{ modelInputs: [], modelOutputs: [{ modelId, step: 2 }] },
      },
    },
  }));
  const files = `mlflow-artifacts:/custom/1/${trained}/artifacts/model`;
  source.addRegistered(
    'm',
    [
      sourceVersion(1, { stage: 'Production', source: files, storageLocation: files, runId: trained }),
      sourceVersion(3, { tags: new Map([['ok', 'yes']]) }),
    ],
    { aliases: new Map([['champion', 3]]) },
  );
  return source;
}

/** What a team has left: as `smallSource`, with what was deleted, runs of experiment 0 and a prompt. */
export function seededSource(): FakeSource {
  const source = smallSource();
  source.addExperiment('2', 'deleted', { stage: 'deleted' });
  source.addRun('0', 'a', { 'metrics.json': '{}' });
  for (const runId of [source.addRun('1', 'c'), source.addRun('2', 'd')]) {
    source.changeRun(runId, (run) => ({ ...run, stage: 'deleted' }));
  }
  const isPrompt = new Map([['mlflow.prompt.is_prompt', 'true']]);
  source.addRegistered('greeting', [sourceVersion(1, { tags: isPrompt })], { tags: isPrompt });
  return source;
}
