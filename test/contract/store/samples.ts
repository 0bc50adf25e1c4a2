import { randomBytes } from 'node:crypto';
import { background } from '../../../backend/call-context.ts';
import type { MetricPoint } from '../../../backend/entities/metric.ts';
import type { LoggedModel, LoggedModelInfo, ModelMetric } from '../../../backend/entities/logged-model.ts';
import type { Run, RunInfo } from '../../../backend/entities/run.ts';
import type { ModelVersion } from '../../../backend/entities/registered-model.ts';
import type {
  LoggedModelScan,
  ModelWithVersions,
  NewExperiment,
  NewRegisteredModel,
  RegisteredModelScan,
  RunScan,
  Store,
} from '../../../backend/stores/contract/index.ts';

/** A store under test: how to open one that is empty, and how to open the same again. */
export interface StoreHarness {
  readonly open: () => Promise<Store>;
  /** Removes all data; the next `open` starts empty. */
  readonly wipe: () => Promise<void>;
}

export const newRunId = (): string => randomBytes(16).toString('hex');

export const newExperiment = (name: string, changes: Partial<NewExperiment> = {}): NewExperiment => ({
  name,
  artifactLocation: (id) => `mlflow-artifacts:/${id}`,
  creationTime: 1_700_000_000_000,
  tags: new Map(),
  ...changes,
});

export function newRun(changes: Partial<RunInfo> = {}, parts: Partial<Omit<Run, 'info'>> = {}): Run {
  const runId = changes.runId ?? newRunId();
  const info: RunInfo = {
    runId,
    experimentId: '0',
    runName: 'agile-hare-1',
    userId: 'guest',
    status: 'RUNNING',
    startTime: 1_700_000_000_000,
    endTime: undefined,
    artifactUri: `mlflow-artifacts:/0/${runId}/artifacts`,
    lifecycle: { stage: 'active', epoch: 0, changedAt: 1_700_000_000_000 },
    ...changes,
  };
  return { info, params: new Map(), tags: new Map(), metrics: new Map(), ...parts };
}

export const point = (key: string, value: number, at = 0, step = 0): MetricPoint => ({
  key,
  value,
  timestamp: at,
  step,
});

/** All runs of a scan, and that no page is empty and no run comes twice. */
export async function scanned(store: Store, scan: RunScan): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const page of store.runs.scan(background, scan)) {
    if (page.length === 0) throw new Error('a scan gave an empty page');
    runs.push(...page);
  }
  const ids = new Set(runs.map((run) => run.info.runId));
  if (ids.size !== runs.length) throw new Error('a scan gave a run twice');
  return runs;
}

export const newRegisteredModel = (name: string): NewRegisteredModel => ({
  name,
  description: '',
  creationTime: 5,
  tags: new Map(),
});

export const newModelVersion = (changes: Partial<ModelVersion> = {}): Omit<ModelVersion, 'version'> => ({
  creationTime: 6,
  lastUpdatedTime: 6,
  description: undefined,
  source: 's3://bucket/model',
  storageLocation: 's3://bucket/model',
  runId: '',
  runLink: '',
  tags: new Map(),
  ...changes,
});

export const newModelId = (): string => `m-${randomBytes(16).toString('hex')}`;

export function newModel(changes: Partial<LoggedModelInfo> = {}): LoggedModelInfo {
  const modelId = changes.modelId ?? newModelId();
  return {
    modelId,
    experimentId: '0',
    name: 'classifier',
    artifactUri: `mlflow-artifacts:/0/models/${modelId}/artifacts`,
    creationTime: 1_700_000_000_000,
    lastUpdateTime: 1_700_000_000_000,
    status: 'PENDING',
    stage: 'active',
    modelType: '',
    sourceRunId: '',
    params: new Map(),
    tags: new Map(),
    ...changes,
  };
}

export const modelPoint = (key: string, value: number, changes: Partial<ModelMetric> = {}): ModelMetric => ({
  key,
  value,
  timestamp: 0,
  step: 0,
  runId: 'a'.repeat(32),
  ...changes,
});

/** All models of a scan, and that no page is empty and no model comes twice. */
export async function scannedRegisteredModels(store: Store, scan: RegisteredModelScan): Promise<ModelWithVersions[]> {
  const models: ModelWithVersions[] = [];
  for await (const page of store.registeredModels.scan(background, scan)) {
    if (page.length === 0) throw new Error('a scan gave an empty page');
    models.push(...page);
  }
  if (new Set(models.map(({ model }) => model.name)).size !== models.length)
    throw new Error('a scan gave a model twice');
  return models;
}

/** All logged models of a scan, and that no page is empty and no model comes twice. */
export async function scannedModels(store: Store, scan: LoggedModelScan): Promise<LoggedModel[]> {
  const models: LoggedModel[] = [];
  for await (const page of store.loggedModels.scan(background, scan)) {
    if (page.length === 0) throw new Error('a scan gave an empty page');
    models.push(...page);
  }
  const ids = new Set(models.map(({ info }) => info.modelId));
  if (ids.size !== models.length) throw new Error('a scan gave a model twice');
  return models;
}
