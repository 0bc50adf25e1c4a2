export type { DatasetKey, DatasetStore } from './datasets.ts';
export type { ExperimentPatch, ExperimentStore, NameTaken, NewExperiment } from './experiments.ts';
export type { ImportedEntity, ImportRecord, ImportRecords, ImportStep } from './imports.ts';
export type {
  LoggedModelPatch,
  LoggedModelScan,
  LoggedModelStore,
  MetricsAdded,
  MetricsWanted,
  ModelPosition,
} from './logged-models.ts';
export type {
  ModelWithVersions,
  NewRegisteredModel,
  RegisteredModelPatch,
  RegisteredModelScan,
  RegisteredModelStore,
  VersionPatch,
  VersionsWanted,
} from './registered-models.ts';
export { noVersions } from './registered-models.ts';
export type {
  ExperimentRemovals,
  Removal,
  Removals,
  RemovalsInExperiments,
  RemovalStep,
  RemovalStore,
} from './removals.ts';
export type { HistoryPage, RunParts, RunPatch, RunScan, RunStore, ScanPosition } from './runs.ts';
export { wholeRun } from './runs.ts';
export type { Store } from './store.ts';
export { StoreCorrupt, StoreFull, StoreUnavailable } from './store.ts';
