export { createRunService } from './runs/create-service.ts';
export { datasetInputsOf } from './runs/dataset-inputs.ts';
export { noSuchRun } from './runs/live-runs.ts';
export type {
  Batch,
  DatasetInput,
  KeyValue,
  LoggedDataset,
  LoggedPoint,
  NewRunRequest,
  RunChanges,
} from './runs/service.ts';
export type { RunInfoView, RunService, RunView } from './runs/service.ts';
